import { firstItems } from '@slipstream/runtime';
import type { ReceiptFilters, ReceiptsService } from '../service/receipts-service.ts';

/** Pages until there are enough; each may be short while there is a cursor. */
export async function someReceipts(service: Pick<ReceiptsService, 'receipts'>, filters: ReceiptFilters, limit: number) {
  const { items: receipts, more } = await firstItems(limit, async (cursor) => {
    const page = await service.receipts({ ...filters, limit, cursor });
    // A stack of an earlier release does not know the filter.
    const items = page.receipts.filter(({ engine }) => !filters.degraded || engine?.degraded);
    return { items, cursor: page.cursor };
  });
  return { receipts, more };
}
