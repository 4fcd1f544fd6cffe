import type { Receipts } from '@slipstream/records';
import { itemsOf } from '@slipstream/runtime';
import type { ReceiptRecord } from '@slipstream/shared';

/** Where the truth about receipts is read from, for whoever makes an index of it or compares one with it. */
export interface ReceiptSource {
  readonly receipts: Receipts;
  /** The visual rows of a receipt, from its OCR document; null where that cannot be read any more. */
  rowsOf(record: ReceiptRecord): Promise<readonly string[] | null>;
}

const PAGE_ROWS = 200;

/** Every receipt's record, by its date. Eventually consistent: one that was written this moment may be missing. */
export function allReceipts(receipts: Receipts): AsyncGenerator<ReceiptRecord> {
  return itemsOf((cursor) => receipts.list({ limit: PAGE_ROWS, cursor }));
}
