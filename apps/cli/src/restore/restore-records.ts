import { type RecordStore, SlipstreamError, type StoredRecord } from '@slipstream/shared';

/** Of the moment, not of the data: who writes the index, who is alive, what was spent today, where things are now. */
const NOT_RESTORED: ReadonlySet<string> = new Set(['AGENT', 'BUDGET', 'CONFIG', 'SNAPSHOT', 'WRITER']);

export interface Restored {
  /** Written: they were missing, or older here. */
  restored: number;
  /** Left as they are: the same revision or a newer one. */
  kept: number;
  /** Of a type that belongs to the moment. */
  skipped: number;
}

/**
 * Brings records of an earlier state back, each by a condition: what is missing is written, what is older is replaced,
 * and what is newer is never touched. Safe to repeat, and to interrupt.
 */
export async function restoreRecords(
  earlier: AsyncIterable<StoredRecord>,
  table: RecordStore,
  options: { readonly dryRun: boolean },
): Promise<Restored> {
  const counts: Restored = { restored: 0, kept: 0, skipped: 0 };
  for await (const record of earlier) {
    if (NOT_RESTORED.has(record.type)) counts.skipped += 1;
    else if (await restoreOne(record, table, options.dryRun)) counts.restored += 1;
    else counts.kept += 1;
  }
  return counts;
}

const TRIES_MAX = 5;

async function restoreOne(record: StoredRecord, table: RecordStore, dryRun: boolean): Promise<boolean> {
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const now = await table.get({ pk: record.pk, sk: record.sk });
    if (now && now.revision >= record.revision) return false;
    if (dryRun) return true;
    const condition = now ? ({ ifRevision: now.revision } as const) : ({ ifAbsent: true } as const);
    try {
      await table.write({ kind: 'put', record, condition });
      return true;
    } catch (error) {
      // It changed in between: what it is now decides.
      if (!(error instanceof SlipstreamError) || error.code !== 'CONDITION_FAILED') throw error;
    }
  }
  throw new SlipstreamError('STORE_BUSY', `${record.pk} ${record.sk} changes faster than it can be restored.`);
}
