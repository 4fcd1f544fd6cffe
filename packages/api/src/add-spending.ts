import { getSpending } from '@slipstream/api-contract';
import type { CatalogueFilter } from '@slipstream/catalogue';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';
import { catalogueOr501 } from './find-receipts.ts';

/** Sums over the caller's own receipts. */
export function addSpending(api: Api, ports: ApiPorts): void {
  api.openapi(getSpending, async (c) => {
    const { by, limit, ...filter } = c.req.valid('query');
    const catalogue = catalogueOr501(ports.catalogue ?? null);
    const { rows, ...rest } = await catalogue.spending(c.var.grant.owner_id, { ...givenOf(filter), by, limit });
    return c.json({ rows: [...rows], ...rest }, 200);
  });
}

/** A filter without what was not asked. */
export function givenOf(
  filter: { readonly [K in keyof CatalogueFilter]: CatalogueFilter[K] | undefined },
): CatalogueFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
