import type { Page, RecordStore } from '@slipstream/shared';
import {
  type CallerReceiptRecord,
  type Clock,
  callerReceiptRecordSchema,
  instant,
  isSlipstreamError,
  type ReceiptRecord,
  recordKeys,
  type UploadRecord,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';
import { passes, type ReceiptFilter } from './receipt-filter.ts';
import type { Receipts } from './receipts.ts';
import type { Uploads } from './uploads.ts';

/** What a link needs of a receipt. */
export type Linked = Pick<ReceiptRecord, 'image_id' | 'receipt_id' | 'owner_id' | 'date'>;

/**
 * CALLER_RECEIPT records: each caller's own list of receipts. They follow the RECEIPT and UPLOAD records through the
 * change stream: whichever of the two comes later finds the other one committed, so no order of events misses a link,
 * and a receipt's transaction does not grow with the number of people who sent its image.
 */
export class CallerReceipts {
  readonly #records: RecordStore;
  readonly #receipts: Receipts;
  readonly #uploads: Uploads;
  readonly #clock: Clock;

  constructor(records: RecordStore, receipts: Receipts, uploads: Uploads, clock: Clock) {
    this.#records = records;
    this.#receipts = receipts;
    this.#uploads = uploads;
    this.#clock = clock;
  }

  /** A receipt was written, changed or removed. Safe to repeat. */
  async followReceipt(before: Linked | null, after: Linked | null): Promise<void> {
    const linked = after ?? before;
    if (linked === null || (before && after && before.date === after.date)) return;
    const uploads = await this.#uploads.ofImage(linked.image_id);
    for (const { uploaded_by } of uploads) {
      if (after) await this.#link(uploaded_by, after);
      if (before) await this.#records.write({ kind: 'delete', key: keyOf(uploaded_by, before) });
    }
  }

  /** Somebody sent an image, which may have receipts already. Safe to repeat. */
  async followUpload({ image_id, uploaded_by }: Pick<UploadRecord, 'image_id' | 'uploaded_by'>): Promise<void> {
    for (const receipt of await this.#receipts.ofImage(image_id)) await this.#link(uploaded_by, receipt);
  }

  /** A caller's receipts by their printed date, the newest first. What the filter asks is looked at page by page. */
  async list(
    caller: string,
    options: {
      readonly limit: number;
      readonly cursor?: string | null;
      readonly from?: string;
      readonly to?: string;
    } & ReceiptFilter,
  ): Promise<Page<ReceiptRecord>> {
    const page = await this.#records.query({
      partition: `CALLER#${caller}`,
      // '$' sorts behind '#': the last day's receipts are included.
      between: [`RECEIPT#${options.from ?? '0000-00-00'}`, `RECEIPT#${options.to ?? '9999-99-99'}$`],
      descending: true,
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    const links = page.items.map((record) => parseRecord(callerReceiptRecordSchema, record));
    const found = await Promise.all(links.map((link) => this.#follow(caller, link)));
    const items = found.filter((record) => record !== null);
    return {
      items: items.filter((record) => passes(record, options)),
      cursor: page.cursor,
    };
  }

  /** null for a link that the receipt has moved away from, and that is about to be removed. */
  async #follow(caller: string, link: CallerReceiptRecord): Promise<ReceiptRecord | null> {
    const receipt = await this.#receipts.get(link.image_id, link.receipt_id);
    return receipt && keyOf(caller, receipt).sk === link.sk ? receipt : null;
  }

  async #link(caller: string, receipt: Linked): Promise<void> {
    const now = instant(this.#clock);
    const { image_id, receipt_id, owner_id } = receipt;
    const record: CallerReceiptRecord = {
      ...keyOf(caller, receipt),
      type: 'CALLER_RECEIPT',
      revision: 1,
      image_id,
      receipt_id,
      owner_id,
      created_at: now,
      updated_at: now,
    };
    try {
      await this.#records.write({ kind: 'put', record, condition: { ifAbsent: true } });
    } catch (error) {
      if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
    }
  }
}

function keyOf(caller: string, { date, image_id, receipt_id }: Linked) {
  return recordKeys.callerReceipt(caller, date, image_id, receipt_id);
}
