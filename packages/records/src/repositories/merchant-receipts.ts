import type {
  Condition,
  JsonValue,
  Page,
  PutWrite,
  RecordKey,
  RecordStore,
  StoredRecord,
  UpdateWrite,
} from '@slipstream/shared';
import {
  type Clock,
  instant,
  isSlipstreamError,
  type MerchantReceiptRecord,
  merchantReceiptRecordSchema,
  type ReceiptRecord,
  receiptRecordSchema,
  recordKeys,
} from '@slipstream/shared';
import type { Merchants } from './merchants.ts';
import { parseRecord } from './parse-record.ts';

/** What a link needs of a receipt. */
export type MerchantLinked = Pick<ReceiptRecord, 'image_id' | 'receipt_id' | 'owner_id' | 'date' | 'merchant_id'>;

/**
 * MERCHANT_RECEIPT records: each merchant's list of receipts. They follow the RECEIPT records through the change
 * stream, as the callers' lists do: a receipt's transaction does not grow by them, and whatever moves a receipt (a
 * correction of its date, a merge of its merchant) moves its link.
 */
export class MerchantReceipts {
  readonly #records: RecordStore;
  readonly #merchants: Merchants;
  readonly #clock: Clock;

  constructor(records: RecordStore, merchants: Merchants, clock: Clock) {
    this.#records = records;
    this.#merchants = merchants;
    this.#clock = clock;
  }

  /**
   * A receipt was written, changed or removed. One that was matched to a merchant while that was merged away is moved
   * after it. Safe to repeat.
   */
  async followReceipt(before: MerchantLinked | null, after: MerchantLinked | null): Promise<void> {
    const [from, to] = [linkKey(before), linkKey(after)];
    if (from?.pk === to?.pk && from?.sk === to?.sk) return;
    if (after?.merchant_id !== undefined) await this.#link(after, after.merchant_id);
    if (from !== null) await this.#records.write({ kind: 'delete', key: from });
  }

  /** Receipts of a merchant by their printed date, the newest first; links that a change has outdated are left out. */
  async list(
    merchantId: string,
    options: { readonly limit: number; readonly cursor?: string | null },
  ): Promise<Page<ReceiptRecord>> {
    const page = await this.#records.query({
      partition: `MERCHANT#${merchantId}`,
      prefix: 'RECEIPT#',
      descending: true,
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    const links = page.items.map((record) => parseRecord(merchantReceiptRecordSchema, record));
    const found = await Promise.all(
      links.map(async (link) => {
        const record = await this.#records.get(recordKeys.receipt(link.image_id, link.receipt_id));
        const receipt = record && parseRecord(receiptRecordSchema, record);
        return receipt?.merchant_id === merchantId && linkKey(receipt)?.sk === link.sk ? [receipt] : [];
      }),
    );
    return { items: found.flat(), cursor: page.cursor };
  }

  /** A receipt of one merchant becomes the other's, which was known before; false when it is not the first one's (any more). */
  move({ image_id, receipt_id }: MerchantLinked, fromId: string, toId: string): Promise<boolean> {
    return this.#give(
      image_id,
      receipt_id,
      { merchant_id: toId, match_status: 'MATCHED' },
      { ifState: { merchant_id: fromId } },
    );
  }

  /** The stream would link it too: but whoever queries now shall find it. */
  async link(receipt: ReceiptRecord): Promise<void> {
    if (receipt.merchant_id !== undefined) await this.#link(receipt, receipt.merchant_id);
  }

  /**
   * The stream would link it too: but whoever looks now shall find it. The old link is left to the stream, and to
   * readers: from here it might be the one that somebody else has made since.
   */
  async #give(
    imageId: string,
    receiptId: string,
    set: { readonly merchant_id: string; readonly [name: string]: JsonValue },
    condition?: Condition,
  ): Promise<boolean> {
    const stored = await this.#tryWrite({
      kind: 'update',
      key: recordKeys.receipt(imageId, receiptId),
      set: { ...set, updated_at: instant(this.#clock) },
      ...(condition && { condition }),
    });
    if (stored !== null) await this.#link(parseRecord(receiptRecordSchema, stored), set.merchant_id);
    return stored !== null;
  }

  async #link(receipt: MerchantLinked, merchantId: string): Promise<void> {
    const { image_id, receipt_id, owner_id, date } = receipt;
    const now = instant(this.#clock);
    const record: MerchantReceiptRecord = {
      ...recordKeys.merchantReceipt(merchantId, date, image_id, receipt_id),
      type: 'MERCHANT_RECEIPT',
      revision: 1,
      merchant_id: merchantId,
      owner_id,
      image_id,
      receipt_id,
      created_at: now,
      updated_at: now,
    };
    await this.#tryWrite({ kind: 'put', record, condition: { ifAbsent: true } });
    // Whoever merges finds the receipts by their links: one that is linked after that look is moved from here.
    const living = await this.#merchants.find(merchantId);
    if (living !== null && living.merchant_id !== merchantId) await this.move(receipt, merchantId, living.merchant_id);
  }

  /** The record after the write; null when its condition does not hold. */
  async #tryWrite(write: PutWrite | UpdateWrite): Promise<StoredRecord | null> {
    try {
      return await this.#records.write(write);
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return null;
      throw error;
    }
  }
}

function linkKey(receipt: MerchantLinked | null): RecordKey | null {
  if (receipt?.merchant_id === undefined) return null;
  const { merchant_id, date, image_id, receipt_id } = receipt;
  return recordKeys.merchantReceipt(merchant_id, date, image_id, receipt_id);
}
