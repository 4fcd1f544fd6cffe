import type { RecordStore } from '@slipstream/shared';
import {
  type Clock,
  instant,
  isSlipstreamError,
  recordKeys,
  type SweepPositionRecord,
  sweepPositionRecordSchema,
  unknownFields,
} from '@slipstream/shared';
import { parseRecord } from './parse-record.ts';

/** Where a round over everything that is stored goes on. */
export type SweepPosition = Pick<SweepPositionRecord, 'cursor' | 'round_started_at' | 'found'>;

/** SWEEP records: rounds that take more than one run remember how far they are. */
export class SweepPositions {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** null before the first round. */
  async get(name: string): Promise<SweepPositionRecord | null> {
    const record = await this.#records.get(recordKeys.sweep(name));
    return record && parseRecord(sweepPositionRecordSchema, record);
  }

  /** False when another run has moved it since `previous` was read: that one's position counts. */
  async save(name: string, previous: SweepPositionRecord | null, position: SweepPosition): Promise<boolean> {
    const now = instant(this.#clock);
    const record: SweepPositionRecord = {
      ...(previous ? unknownFields(sweepPositionRecordSchema, previous) : {}),
      ...recordKeys.sweep(name),
      ...position,
      type: 'SWEEP',
      name,
      revision: (previous?.revision ?? 0) + 1,
      created_at: previous?.created_at ?? now,
      updated_at: now,
    };
    const condition = previous === null ? { ifAbsent: true as const } : { ifRevision: previous.revision };
    try {
      await this.#records.write({ kind: 'put', record, condition });
      return true;
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return false;
      throw error;
    }
  }
}
