import { itemsOf } from '@slipstream/runtime';
import type { RecordStore, UpdateWrite } from '@slipstream/shared';
import {
  type Clock,
  indexKeys,
  instant,
  isSlipstreamError,
  MERCHANT_ALIASES_MAX,
  MERCHANT_NAME_LENGTH_MAX,
  type MerchantRecord,
  recordKeys,
  SlipstreamError,
} from '@slipstream/shared';
import type { MerchantReceipts } from './merchant-receipts.ts';
import { type ExactKey, type Merchants, merchantNameKey } from './merchants.ts';
import type { Receipts } from './receipts.ts';

export interface Merging {
  readonly merchant: MerchantRecord;
  readonly keys_moved: number;
  readonly receipts_moved: number;
}

const PAGE = 100;
/** Times that others may change a merchant first. */
const TRIES = 8;
const RETRY_MS_MAX = 50;

/** What a person changes about merchants: their names, and which of them are the same. Records only, never a vector. */
export class MerchantChanges {
  readonly #records: RecordStore;
  readonly #merchants: Merchants;
  readonly #links: MerchantReceipts;
  readonly #receipts: Pick<Receipts, 'assign'>;
  readonly #clock: Clock;

  constructor(
    records: RecordStore,
    merchants: Merchants,
    links: MerchantReceipts,
    receipts: Pick<Receipts, 'assign'>,
    clock: Clock,
  ) {
    this.#records = records;
    this.#merchants = merchants;
    this.#links = links;
    this.#receipts = receipts;
    this.#clock = clock;
  }

  /** The old name stays an alias: receipts go on printing it. */
  async rename(merchantId: string, name: string): Promise<MerchantRecord> {
    const trimmed = name.trim();
    if (trimmed === '' || trimmed.length > MERCHANT_NAME_LENGTH_MAX) {
      throw new SlipstreamError('REQUEST_INVALID', `A name has 1 to ${MERCHANT_NAME_LENGTH_MAX} characters.`);
    }
    return this.#repeated(async () => {
      const merchant = await this.#living(merchantId);
      if (merchant.name === trimmed) return merchant;
      await this.#records.write({
        ...this.#update(merchant, {
          name: trimmed,
          aliases: aliasesOf(trimmed, [merchant.name, ...(merchant.aliases ?? [])]),
          ...indexKeys.merchant(merchantNameKey(trimmed), merchant.merchant_id),
        }),
      });
      return this.#living(merchantId);
    });
  }

  /**
   * Makes one merchant of two: `fromId`'s keys, receipts and names become `intoId`'s. First it is noted that they are
   * one, so that from then on every look-up of the old one finds the new one; then keys and receipts are moved, each by
   * a condition. Harmless when repeated, and a run that was interrupted is brought to its end by the next.
   */
  async merge(fromId: string, intoId: string): Promise<Merging> {
    const into = await this.#repeated(() => this.#noteMerge(fromId, intoId));
    const keys_moved = await this.#moveKeys(fromId, into.merchant_id);
    const receipts_moved = await this.#moveReceipts(fromId, into.merchant_id);
    return { merchant: await this.#living(into.merchant_id), keys_moved, receipts_moved };
  }

  /** The merchant that it is merged into. Fails where others change one of the two meanwhile. */
  async #noteMerge(fromId: string, intoId: string): Promise<MerchantRecord> {
    const from = await this.#merchants.get(fromId);
    if (from === null) throw unknown(fromId);
    const into = await this.#living(intoId);
    if (into.merchant_id === fromId) {
      throw new SlipstreamError(
        'REQUEST_INVALID',
        fromId === intoId ? 'A merchant cannot be merged into itself.' : `${intoId} was merged into ${fromId} already.`,
      );
    }
    if (from.merged_into === undefined) await this.#note(from, into);
    else if ((await this.#merchants.find(fromId))?.merchant_id !== into.merchant_id) {
      throw new SlipstreamError('REQUEST_INVALID', `${fromId} was merged into ${from.merged_into} already.`);
    }
    return into;
  }

  /** Decides what the resolver was not sure of, or had wrong. Returns the merchant that it is now of. */
  async assign(imageId: string, receiptId: string, merchantId: string): Promise<MerchantRecord> {
    const merchant = await this.#living(merchantId);
    const receipt = await this.#receipts.assign(imageId, receiptId, merchant);
    if (receipt === null)
      throw new SlipstreamError('NOT_FOUND', `There is no receipt ${Number(receiptId)} on the image ${imageId}.`);
    await this.#links.link(receipt);
    return merchant;
  }

  /** Read, decided and written again where others were first: each time they were, they are done. */
  async #repeated<T>(change: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await change();
      } catch (error) {
        if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
        if (attempt === TRIES)
          throw new SlipstreamError('STORE_BUSY', 'The merchant changes faster than it can be changed; do it again.');
        await this.#clock.sleep(Math.random() * RETRY_MS_MAX);
      }
    }
  }

  async #note(from: MerchantRecord, into: MerchantRecord): Promise<void> {
    const names = [...(into.aliases ?? []), from.name, ...(from.aliases ?? [])];
    await this.#records.transact([
      { ...this.#update(from, { merged_into: into.merchant_id }), remove: ['gsi1pk', 'gsi1sk'] },
      this.#update(into, { aliases: aliasesOf(into.name, names) }),
    ]);
  }

  async #moveKeys(fromId: string, intoId: string): Promise<number> {
    let moved = 0;
    const keys = itemsOf((cursor) => this.#merchants.keysOf(fromId, { limit: PAGE, cursor }));
    for await (const key of keys) if (await this.#moveKey(key, fromId, intoId)) moved += 1;
    return moved;
  }

  async #moveKey({ kind, value }: ExactKey, fromId: string, intoId: string): Promise<boolean> {
    try {
      await this.#records.write({
        kind: 'update',
        key: recordKeys.merchantKey(kind, value),
        set: {
          merchant_id: intoId,
          updated_at: instant(this.#clock),
          ...indexKeys.merchantKey(intoId, kind, value),
        },
        condition: { ifState: { merchant_id: fromId } },
      });
      return true;
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return false;
      throw error;
    }
  }

  /** Each move raises the receipt's revision, so that the index's rows of it are brought up to date. */
  async #moveReceipts(fromId: string, intoId: string): Promise<number> {
    let moved = 0;
    const receipts = itemsOf((cursor) => this.#links.list(fromId, { limit: PAGE, cursor }));
    for await (const receipt of receipts) if (await this.#links.move(receipt, fromId, intoId)) moved += 1;
    return moved;
  }

  #update(merchant: MerchantRecord, set: UpdateWrite['set']): UpdateWrite {
    return {
      kind: 'update',
      key: recordKeys.merchant(merchant.merchant_id),
      set: { ...set, updated_at: instant(this.#clock) },
      condition: { ifRevision: merchant.revision },
    };
  }

  async #living(merchantId: string): Promise<MerchantRecord> {
    const merchant = await this.#merchants.find(merchantId);
    if (merchant === null) throw unknown(merchantId);
    return merchant;
  }
}

function aliasesOf(name: string, others: readonly string[]): readonly string[] {
  return [...new Set(others)].filter((other) => other !== name).slice(0, MERCHANT_ALIASES_MAX);
}

function unknown(merchantId: string): SlipstreamError {
  return new SlipstreamError(
    'NOT_FOUND',
    `There is no merchant ${merchantId}; "slipstream merchants list" names them.`,
  );
}
