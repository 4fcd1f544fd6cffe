import { randomBytes } from 'node:crypto';
import {
  type Clock,
  instant,
  isSlipstreamError,
  type RecordStore,
  recordKeys,
  SlipstreamError,
} from '@slipstream/shared';
import { z } from 'zod';

const KEY_BYTES = 32;
const secretSchema = z.object({ key: z.string().regex(/^[0-9a-f]{64}$/) });

/**
 * Keys that a deployment makes for itself and nobody has to configure: who may read the table has them. For what is
 * worth nothing beyond the table's own content, such as the seal of cursors.
 */
export class Secrets {
  readonly #records: RecordStore;
  readonly #clock: Clock;
  readonly #keys = new Map<string, Promise<Uint8Array>>();

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** 256 bits, made on first use and the same for every process from then on. */
  key(name: string): Promise<Uint8Array> {
    const known = this.#keys.get(name);
    if (known) return known;
    const read = this.#readOrCreate(name).catch((thrown: unknown) => {
      this.#keys.delete(name);
      throw thrown;
    });
    this.#keys.set(name, read);
    return read;
  }

  async #readOrCreate(name: string): Promise<Uint8Array> {
    const stored = (await this.#read(name)) ?? (await this.#create(name));
    const parsed = secretSchema.safeParse(stored);
    if (parsed.success) return Buffer.from(parsed.data.key, 'hex');
    throw new SlipstreamError(
      'DOCUMENT_INVALID',
      `The record of the key ${name} is damaged; delete it, and another is made.`,
    );
  }

  #read(name: string) {
    return this.#records.get(recordKeys.secret(name));
  }

  async #create(name: string) {
    const now = instant(this.#clock);
    const record = {
      ...recordKeys.secret(name),
      type: 'SECRET',
      revision: 1,
      key: randomBytes(KEY_BYTES).toString('hex'),
      created_at: now,
      updated_at: now,
    };
    try {
      await this.#records.write({ kind: 'put', record, condition: { ifAbsent: true } });
      return record;
    } catch (error) {
      if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
      return this.#read(name); // another process was first
    }
  }
}
