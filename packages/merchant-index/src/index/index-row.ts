/** Collections of the index: visual rows of receipts, and, by configuration, their words. */
export const COLLECTIONS = ['lines', 'words'] as const;
export type Collection = (typeof COLLECTIONS)[number];

/** Whose rows are replaced as a set. */
export interface ReceiptKey {
  readonly image_id: string;
  readonly receipt_id: string;
}

/** What changes without a new vector: who the receipt is believed to be of. */
export interface RowMetadata {
  readonly merchant_id: string | null;
  /** E.164 or printed digits. */
  readonly phone: string | null;
  /** The normalised address that a merchant is known by. */
  readonly address_key: string | null;
}

/** One visual row (or word) of one receipt. Of two rows with the same `id` the one with the higher `revision` holds. */
export interface IndexRow extends ReceiptKey, RowMetadata {
  /** `{image_id}#{receipt_id}#{00000}`, the last the row's place on the receipt. */
  readonly id: string;
  /** The RECEIPT record's when the row was written. */
  readonly revision: number;
  /** A tombstone: it keeps an older delta from reviving the row. Its vector is zero and its text empty. */
  readonly deleted: boolean;
  /** Epoch milliseconds at which it was merged; tombstones are purged by it. */
  readonly merged_at: number;
  /** Of the table's dimensions, length 1 or, for a tombstone, 0. */
  readonly vector: Float32Array;
  readonly text: string;
}

export function indexRowId({ image_id, receipt_id }: ReceiptKey, place: number): string {
  return `${image_id}#${receipt_id}#${String(place).padStart(5, '0')}`;
}
