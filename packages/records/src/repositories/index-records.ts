import type { Condition, RecordStore, RecordWrite } from '@slipstream/shared';
import {
  type Clock,
  instant,
  isSlipstreamError,
  recordKeys,
  type SnapshotRecord,
  snapshotRecordSchema,
  unknownFields,
  type WriterRecord,
  writerRecordSchema,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

/** That one process writes a collection now, until `expires_at` (epoch milliseconds). */
export type WriterLease = Pick<WriterRecord, 'collection' | 'owner' | 'fence' | 'expires_at'>;

/** Longer than every lease that is taken, and than clocks of several machines differ. */
const WRITER_LEASE_MS_MAX = 1_800_000;

export type PublishedState = Pick<SnapshotRecord, 'table' | 'uri' | 'version' | 'rows' | 'merges' | 'optimised_at'>;

/**
 * SNAPSHOT and WRITER records: which version of a collection readers open, and who may write it.
 *
 *   nobody ──acquire──► owner, fence n ──renew──► owner, fence n, later ──release──► nobody
 *                          └── expired ──acquire──► another owner, fence n + 1
 *
 * The fencing number only grows. Whoever publishes names theirs in the same transaction: one that froze past its lease
 * may still write to the table, but never publish.
 */
export class IndexRecords {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  async snapshot(collection: string): Promise<SnapshotRecord | null> {
    const record = await this.#records.get(recordKeys.snapshot(collection));
    return record && parseRecord(snapshotRecordSchema, record);
  }

  async writer(collection: string): Promise<WriterRecord | null> {
    const record = await this.#records.get(recordKeys.writer(collection));
    return record && parseRecord(writerRecordSchema, record);
  }

  /** The collection's first published version; false when it has one. */
  async create(collection: string, state: PublishedState): Promise<boolean> {
    const now = instant(this.#clock);
    const record: SnapshotRecord = {
      ...recordKeys.snapshot(collection),
      ...state,
      type: 'SNAPSHOT',
      revision: 1,
      collection,
      created_at: now,
      updated_at: now,
    };
    return this.#holds([{ kind: 'put', record, condition: { ifAbsent: true } }]);
  }

  /**
   * Makes `owner` the single writer for `lease_ms`; null while somebody else is. A writer that `isGone` tells of is
   * known to have died (its process, on this machine): nobody waits for its lease to end.
   */
  async acquire(
    collection: string,
    owner: string,
    { lease_ms, isGone }: { readonly lease_ms: number; readonly isGone?: (owner: string) => boolean },
  ): Promise<WriterLease | null> {
    const before = await this.writer(collection);
    const isHeld = before !== null && this.#isRunning(before) && isGone?.(before.owner) !== true;
    if (isHeld) return null;
    const now = instant(this.#clock);
    const lease = { collection, owner, fence: (before?.fence ?? 0) + 1, expires_at: this.#clock.now() + lease_ms };
    const record: WriterRecord = {
      ...(before ? unknownFields(writerRecordSchema, before) : {}),
      ...recordKeys.writer(collection),
      ...lease,
      ...(before?.building === undefined ? {} : { building: before.building }),
      type: 'WRITER',
      revision: (before?.revision ?? 0) + 1,
      created_at: before?.created_at ?? now,
      updated_at: now,
    };
    const condition: Condition = before ? { ifRevision: before.revision } : { ifAbsent: true };
    return (await this.#holds([{ kind: 'put', record, condition }])) ? lease : null;
  }

  /** Prolongs the owner's own lease; null when it has become somebody else's, or has ended before it was renewed. */
  async renew(lease: WriterLease, lease_ms: number): Promise<WriterLease | null> {
    if (lease.expires_at <= this.#clock.now()) return null;
    const expires_at = this.#clock.now() + lease_ms;
    const key = recordKeys.writer(lease.collection);
    const set = { expires_at, updated_at: instant(this.#clock) };
    const isRenewed = await this.#holds([{ kind: 'update', key, set, condition: ownedBy(lease) }]);
    return isRenewed ? { ...lease, expires_at } : null;
  }

  /** Which table its writer makes, null for none any more; false when the lease is not the writer's any more. */
  async noteBuilding(lease: WriterLease, table: string | null): Promise<boolean> {
    const updated_at = instant(this.#clock);
    const set = table === null ? { updated_at } : { building: table, updated_at };
    const key = recordKeys.writer(lease.collection);
    const remove = table === null ? ['building'] : [];
    return this.#holds([{ kind: 'update', key, set, remove, condition: ownedBy(lease) }]);
  }

  /** The next writer need not wait. Harmless when the lease is somebody else's by now. */
  async release(lease: WriterLease): Promise<void> {
    const set = { expires_at: 0, updated_at: instant(this.#clock) };
    await this.#holds([{ kind: 'update', key: recordKeys.writer(lease.collection), set, condition: ownedBy(lease) }]);
  }

  /**
   * Readers open this state from now on. False when the lease is not the writer's any more, or somebody published
   * since `before` was read: nothing was written then.
   */
  async publish(lease: WriterLease, before: SnapshotRecord, state: PublishedState): Promise<boolean> {
    return this.#holds([
      {
        kind: 'update',
        key: recordKeys.snapshot(lease.collection),
        set: { ...state, updated_at: instant(this.#clock) },
        condition: { ifRevision: before.revision },
      },
      { kind: 'check', key: recordKeys.writer(lease.collection), condition: ownedBy(lease) },
    ]);
  }

  /** One that ends later than any lease lasts was taken before the clock was set back. The fence keeps its owner out. */
  #isRunning({ expires_at }: WriterRecord): boolean {
    const leftMs = expires_at - this.#clock.now();
    return leftMs > 0 && leftMs <= WRITER_LEASE_MS_MAX;
  }

  async #holds(writes: readonly RecordWrite[]): Promise<boolean> {
    try {
      await this.#records.transact(writes);
      return true;
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return false;
      throw error;
    }
  }
}

function ownedBy({ owner, fence }: WriterLease): Condition {
  return { ifState: { owner, fence } };
}
