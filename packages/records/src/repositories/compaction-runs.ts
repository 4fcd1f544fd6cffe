import type { Page, PutWrite, RecordStore, UpdateWrite } from '@slipstream/shared';
import {
  type Clock,
  type CompactionRunRecord,
  compactionRunRecordSchema,
  deltaKey,
  indexKeys,
  instant,
  isSlipstreamError,
  recordKeys,
} from '@slipstream/shared';
import { betweenInstants, type InstantRange, isInstantRange } from './instant-range.ts';
import type { JobFailure } from './jobs.ts';
import { parseRecord } from './parse-record.ts';

export type RunStatus = CompactionRunRecord['status'];

/** What a job's delta is to the records: one run a collection, all of the same id. */
export type NewRun = Pick<
  CompactionRunRecord,
  'image_id' | 'run_id' | 'collection' | 'delta_sha256' | 'receipts' | 'rows' | 'correlation_id'
>;

const RUNS_LOOKED_AT_MAX = 100;

/**
 * COMPACTION_RUN records: that a delta waits to be merged. PENDING → MERGED by the single writer, when readers see the
 * rows; PENDING → FAILED with a reason that a person can act on.
 */
export class CompactionRuns {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** A new run, for the transaction that ends its job. */
  createWrite(run: NewRun): PutWrite {
    const now = instant(this.#clock);
    const record: CompactionRunRecord = {
      ...recordKeys.compactionRun(run.image_id, run.run_id, run.collection),
      ...indexKeys.compactionRun('PENDING', now),
      ...run,
      type: 'COMPACTION_RUN',
      revision: 1,
      status: 'PENDING',
      delta_key: deltaKey(run.collection, run.run_id),
      sweeps: 0,
      created_at: now,
      updated_at: now,
    };
    return { kind: 'put', record, condition: { ifAbsent: true } };
  }

  async get(imageId: string, runId: string, collection: string): Promise<CompactionRunRecord | null> {
    const record = await this.#records.get(recordKeys.compactionRun(imageId, runId, collection));
    return record && parseRecord(compactionRunRecordSchema, record);
  }

  /**
   * Runs of one image and collection that are not MERGED: a writer that froze may still hold their rows. An image has as
   * many runs as it was read times; of one that was read more often than `RUNS_LOOKED_AT_MAX` times, the latest count.
   */
  async unmerged(imageId: string, collection: string): Promise<readonly CompactionRunRecord[]> {
    const partition = `IMAGE#${imageId}`;
    const page = await this.#records.query({
      partition,
      prefix: 'RUN#',
      descending: true,
      limit: RUNS_LOOKED_AT_MAX,
    });
    const runs = page.items.map((record) => parseRecord(compactionRunRecordSchema, record));
    return runs.filter((run) => run.collection === collection && run.status !== 'MERGED');
  }

  /** PENDING → MERGED; null when it has ended already. */
  async merged(run: CompactionRunRecord, rowsMerged: number): Promise<CompactionRunRecord | null> {
    return this.#end(run, 'MERGED', { rows_merged: rowsMerged });
  }

  /** PENDING → FAILED; null when it has ended already. */
  async fail(run: CompactionRunRecord, { code, message }: JobFailure): Promise<CompactionRunRecord | null> {
    return this.#end(run, 'FAILED', { reason_code: code, reason_message: message });
  }

  /** Runs of one status, by when they were made, the oldest first. Eventually consistent. */
  async list(
    status: RunStatus,
    options: { readonly limit: number; readonly cursor?: string | null } & Partial<InstantRange>,
  ): Promise<Page<{ readonly image_id: string; readonly run_id: string; readonly collection: string }>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: `RUN#${status}`,
      limit: options.limit,
      cursor: options.cursor ?? null,
      ...(isInstantRange(options) ? { between: betweenInstants(options) } : {}),
    });
    const items = page.items.map((item) => ({
      image_id: String(item.image_id),
      run_id: String(item.run_id),
      collection: String(item.collection),
    }));
    return { items, cursor: page.cursor };
  }

  /** Notes that the sweeper sent it on once more; null when it has moved meanwhile. */
  async countSweep(run: CompactionRunRecord): Promise<CompactionRunRecord | null> {
    return this.#tryWrite({
      kind: 'update',
      key: recordKeys.compactionRun(run.image_id, run.run_id, run.collection),
      set: { sweeps: run.sweeps + 1, updated_at: instant(this.#clock) },
      condition: { ifRevision: run.revision },
    });
  }

  #end(run: CompactionRunRecord, status: RunStatus, set: UpdateWrite['set']): Promise<CompactionRunRecord | null> {
    return this.#tryWrite({
      kind: 'update',
      key: recordKeys.compactionRun(run.image_id, run.run_id, run.collection),
      set: { ...set, status, updated_at: instant(this.#clock), ...indexKeys.compactionRun(status, run.created_at) },
      condition: { ifState: { status: 'PENDING' } },
    });
  }

  async #tryWrite(write: UpdateWrite): Promise<CompactionRunRecord | null> {
    try {
      const record = await this.#records.write(write);
      return record && parseRecord(compactionRunRecordSchema, record);
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return null;
      throw error;
    }
  }
}
