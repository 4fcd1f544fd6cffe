import type { ImageRecord, OcrJobRecord, ReceiptRecord, RecordWrite } from '@slipstream/shared';
import type { IndexedColumns } from './receipt-record.ts';

/** A job about to end, and what its image has of receipts by then. */
export class Completion {
  readonly job: OcrJobRecord;
  /** Whose image it is. */
  readonly owner_id: string;
  /** Receipts of the image's earlier jobs. */
  readonly previous: readonly ReceiptRecord[];
  /** Above every revision that a removed receipt of this image ever had; 0 when none was removed. */
  readonly floor: number;
  /** The highest receipt id that the image ever had; empty where there was none. */
  readonly receiptIdMax: string;

  constructor(job: OcrJobRecord, previous: readonly ReceiptRecord[], image: ImageRecord | null) {
    this.job = job;
    this.owner_id = image?.owner_id ?? job.owner_id;
    this.previous = previous;
    this.floor = image?.receipt_revision_floor ?? 0;
    this.receiptIdMax = image?.receipt_id_max ?? '';
  }

  before(receiptId: string): ReceiptRecord | null {
    return this.previous.find((record) => record.receipt_id === receiptId) ?? null;
  }

  /** That the receipt's record is going to have, and with it the rows of its delta. */
  revisionOf(receiptId: string): number {
    return (this.before(receiptId)?.revision ?? this.floor) + 1;
  }
}

/** What a job's end writes besides its receipts. */
export interface CompletionExtras {
  /** By receipt id. */
  readonly indexed?: ReadonlyMap<string, IndexedColumns>;
  /** Runs, merchants, keys: in the same transaction. */
  readonly writes?: readonly RecordWrite[];
}
