import type { Catalogue, CatalogueFilter, Sort } from '@slipstream/catalogue';
import type { CallerReceipts, Receipts } from '@slipstream/records';
import { type Page, type ReceiptRecord, SlipstreamError } from '@slipstream/shared';

/** What a list of receipts is asked: a filter, an order, a page. */
export interface ReceiptQuestion extends CatalogueFilter {
  readonly sort?: Sort;
  readonly limit: number;
  readonly cursor: string | null;
}

export interface ReceiptFinders {
  readonly receipts: Pick<Receipts, 'get'>;
  readonly catalogue: Catalogue | null;
  /** The list that the records themselves keep, by date. */
  list: CallerReceipts['list'] extends (caller: string, options: infer O) => infer R ? (options: O) => R : never;
}

const BY_DATE: Sort = '-date';

/** Whether the records' own list cannot answer it. */
export function needsCatalogue({ q, category, tag, min, max, currency, sort = BY_DATE }: ReceiptQuestion): boolean {
  return sort !== BY_DATE || [q, category, tag, min, max, currency].some((asked) => asked !== undefined);
}

/** The lists by date, status and merchant follow the records at once; all else is the catalogue's to find. */
export async function findReceipts(
  { receipts, catalogue, list }: ReceiptFinders,
  ownerId: string,
  { sort = BY_DATE, limit, cursor, ...filter }: ReceiptQuestion,
): Promise<Page<ReceiptRecord>> {
  if (!needsCatalogue({ sort, limit, cursor, ...filter }) && (filter.merchant === undefined || catalogue === null)) {
    const { status, degraded, from, to, merchant } = filter;
    return list({
      limit,
      cursor,
      ...(status ? { status } : {}),
      ...(degraded === undefined ? {} : { degraded }),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(merchant ? { merchant } : {}),
    });
  }
  const page = await catalogueOr501(catalogue).list(ownerId, { ...filter, sort, limit, cursor });
  const found = await Promise.all(page.items.map(({ image_id, receipt_id }) => receipts.get(image_id, receipt_id)));
  // What was removed a moment ago; and whatever the catalogue says, nobody sees what is another's.
  const items = found.filter((record) => record !== null).filter((record) => record.owner_id === ownerId);
  return { items, cursor: page.cursor };
}

export function catalogueOr501(catalogue: Catalogue | null): Catalogue {
  if (catalogue !== null) return catalogue;
  throw new SlipstreamError(
    'CATALOGUE_OFF',
    'Search and sums need the catalogue, which this deployment does not keep. Lists by date, status and merchant work without it; on one machine, slipstream dev keeps one.',
  );
}
