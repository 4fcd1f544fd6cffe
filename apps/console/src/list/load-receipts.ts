import { client, type ReceiptRows, type ReceiptSummary, take } from '../api/api.ts';
import { type FirstRows, firstRows } from '../api/first-rows.ts';
import type { ReceiptQuery } from './use-receipts.ts';

export const PAGE_ROWS = 50;

/** The first receipts of a query, at least `wanted` of them or all there are. */
export function loadReceipts(
  query: ReceiptQuery,
  wanted: number,
  signal?: AbortSignal,
): Promise<FirstRows<ReceiptSummary>> {
  return firstRows(wanted, async (cursor) => {
    const params = { query: { ...query, limit: PAGE_ROWS, ...(cursor ? { cursor } : {}) } };
    const page = await take<ReceiptRows>(client.GET('/receipts', { params, ...(signal ? { signal } : {}) }));
    return { rows: page.receipts, cursor: page.cursor };
  });
}
