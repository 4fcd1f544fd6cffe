import {
  type Clock,
  type DegradedReadingRecord,
  degradedReadingRecordSchema,
  indexKeys,
  instant,
  isSlipstreamError,
  type OcrJobRecord,
  type Page,
  type RecordStore,
  type RecordWrite,
  recordKeys,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

/** How often an image is read again because its engine was not well; then it is a person's to decide. */
export const REREADS_MAX = 3;

/** DEGRADED_READING records: images whose newest reading an engine made that was not well, the oldest first. */
export class DegradedReadings {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /**
   * What a job's end writes: that it was read so, or that it is not any more. A first reading that was well has nothing
   * to take back.
   */
  async writesFor(
    job: Pick<OcrJobRecord, 'image_id' | 'job_id' | 'generation'>,
    engine: { readonly name: string; readonly degraded?: string | undefined },
  ): Promise<readonly RecordWrite[]> {
    const key = recordKeys.degradedReading(job.image_id);
    const before = job.generation > 1 ? await this.get(job.image_id) : null;
    if (engine.degraded === undefined) return before ? [{ kind: 'delete', key }] : [];
    const now = instant(this.#clock);
    const record: DegradedReadingRecord = {
      ...key,
      ...indexKeys.degradedReading(before?.created_at ?? now, job.image_id),
      type: 'DEGRADED_READING',
      revision: (before?.revision ?? 0) + 1,
      image_id: job.image_id,
      job_id: job.job_id,
      engine: engine.name,
      reason_message: engine.degraded,
      rereads: before?.rereads ?? 0,
      created_at: before?.created_at ?? now,
      updated_at: now,
    };
    return [{ kind: 'put', record }];
  }

  async get(imageId: string): Promise<DegradedReadingRecord | null> {
    const record = await this.#records.get(recordKeys.degradedReading(imageId));
    return record && parseRecord(degradedReadingRecordSchema, record);
  }

  async list(options: {
    readonly limit: number;
    readonly cursor?: string | null;
  }): Promise<Page<{ readonly image_id: string }>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: 'DEGRADED',
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    return { items: page.items.map(({ pk }) => ({ image_id: pk.slice('IMAGE#'.length) })), cursor: page.cursor };
  }

  /** Noted before it is sent: a crash in between costs one of its readings, never one too many. False: it has changed. */
  async countReread(reading: DegradedReadingRecord): Promise<boolean> {
    try {
      await this.#records.write({
        kind: 'update',
        key: recordKeys.degradedReading(reading.image_id),
        set: { rereads: reading.rereads + 1, updated_at: instant(this.#clock) },
        condition: { ifRevision: reading.revision },
      });
      return true;
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return false;
      throw error;
    }
  }
}
