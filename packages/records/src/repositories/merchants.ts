import { firstItems } from '@slipstream/runtime';
import type { Page, PutWrite, RecordStore } from '@slipstream/shared';
import {
  type Clock,
  indexKeys,
  instant,
  MERCHANT_NAME_LENGTH_MAX,
  type MerchantKeyRecord,
  type MerchantRecord,
  merchantKeyRecordSchema,
  merchantRecordSchema,
  recordKeys,
  SlipstreamError,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

/** What a merchant is known by exactly, normalised: a telephone number, a tax number, a website, an address. */
export type ExactKey = Pick<MerchantKeyRecord, 'kind' | 'value'>;

/** Merges that are followed one after the other; more are a circle. */
const MERGES_FOLLOWED_MAX = 8;
const NAMES_PAGE = 1_000;

/** MERCHANT and MERCHANT_KEY records. */
export class Merchants {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** As stored, merged or not. */
  async get(merchantId: string): Promise<MerchantRecord | null> {
    const record = await this.#records.get(recordKeys.merchant(merchantId));
    return record && parseRecord(merchantRecordSchema, record);
  }

  /** The merchant that this one is today: itself, or the one that it was merged into. */
  async find(merchantId: string): Promise<MerchantRecord | null> {
    let merchant = await this.get(merchantId);
    for (let merges = 0; merchant?.merged_into !== undefined; merges += 1) {
      if (merges === MERGES_FOLLOWED_MAX) {
        throw new SlipstreamError('DOCUMENT_INVALID', `The merchant ${merchantId} was merged in a circle.`);
      }
      merchant = await this.get(merchant.merged_into);
    }
    return merchant;
  }

  /** Whose a key is; null for nobody's. The merchant may have been merged since: see `find`. */
  async ownerOf({ kind, value }: ExactKey): Promise<string | null> {
    const record = await this.#records.get(recordKeys.merchantKey(kind, value));
    return record && parseRecord(merchantKeyRecordSchema, record).merchant_id;
  }

  /** Keys of a merchant, eventually consistent. */
  async keysOf(
    merchantId: string,
    options: { readonly limit: number; readonly cursor?: string | null },
  ): Promise<Page<ExactKey>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: `MERCHANT_KEYS#${merchantId}`,
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    const items = page.items.map((item) => ({ kind: String(item.kind), value: String(item.value) }));
    return { items, cursor: page.cursor };
  }

  /** Living merchants by their name. Eventually consistent. */
  async list(options: {
    readonly limit: number;
    readonly cursor?: string | null;
  }): Promise<Page<Pick<MerchantRecord, 'merchant_id' | 'name' | 'created_at' | 'updated_at'>>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: 'MERCHANT',
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    const items = page.items.map((item) => ({
      merchant_id: String(item.merchant_id),
      name: String(item.name),
      created_at: String(item.created_at),
      updated_at: String(item.updated_at),
    }));
    return { items, cursor: page.cursor };
  }

  /** Names of living merchants, at most `limit` of them: enough to learn which words are common. */
  async names(limit: number): Promise<readonly string[]> {
    const size = Math.min(NAMES_PAGE, limit);
    const { items } = await firstItems(limit, (cursor) => this.list({ limit: size, cursor }));
    return items.map(({ name }) => name);
  }

  /** A new merchant; fails where there is one of this id. */
  createWrite(merchantId: string, name: string): PutWrite {
    const now = instant(this.#clock);
    const record: MerchantRecord = {
      ...recordKeys.merchant(merchantId),
      ...indexKeys.merchant(merchantNameKey(name), merchantId),
      type: 'MERCHANT',
      revision: 1,
      merchant_id: merchantId,
      name: name.slice(0, MERCHANT_NAME_LENGTH_MAX),
      created_at: now,
      updated_at: now,
    };
    return { kind: 'put', record, condition: { ifAbsent: true } };
  }

  /** A key that becomes the merchant's; fails where it is anybody's. */
  takeKeyWrite(merchantId: string, { kind, value }: ExactKey): PutWrite {
    const now = instant(this.#clock);
    const record: MerchantKeyRecord = {
      ...recordKeys.merchantKey(kind, value),
      ...indexKeys.merchantKey(merchantId, kind, value),
      type: 'MERCHANT_KEY',
      revision: 1,
      kind,
      value,
      merchant_id: merchantId,
      created_at: now,
      updated_at: now,
    };
    return { kind: 'put', record, condition: { ifAbsent: true } };
  }
}

/** Sorts merchants as a person looks them up: without case and accents. */
export function merchantNameKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MERCHANT_NAME_LENGTH_MAX);
}
