import { sha256Hex } from '@slipstream/runtime';
import type { RecordStore } from '@slipstream/shared';
import {
  type Clock,
  instant,
  type Place,
  type PlaceLookupRecord,
  placeLookupRecordSchema,
  recordKeys,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

/** Google lets content of its Places API be kept for 30 days (Maps service specific terms, caching). */
export const PLACE_KEPT_MS = 30 * 86_400_000;

/** PLACE_LOOKUP records: what a directory answered, so that it is asked and paid once a month. */
export class PlaceLookups {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** `place: null` says that it knows nobody; null, that it was not asked, or too long ago. */
  async get(kind: string, question: string): Promise<{ readonly place: Place | null } | null> {
    const stored = await this.#records.get(keyOf(kind, question));
    const record = stored && parseRecord(placeLookupRecordSchema, stored);
    return record && record.expires_at > this.#clock.now() ? { place: record.place } : null;
  }

  async keep(kind: string, question: string, place: Place | null): Promise<void> {
    const now = instant(this.#clock);
    const expires_at = this.#clock.now() + PLACE_KEPT_MS;
    const record: PlaceLookupRecord = {
      ...keyOf(kind, question),
      type: 'PLACE_LOOKUP',
      revision: 1,
      place,
      expires_at,
      ttl: Math.ceil(expires_at / 1_000),
      created_at: now,
      updated_at: now,
    };
    await this.#records.write({ kind: 'put', record });
  }
}

function keyOf(kind: string, question: string) {
  return recordKeys.placeLookup(kind, sha256Hex(Buffer.from(question)));
}
