import { deltaKey, newRunId } from '@slipstream/shared';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { CompactionRuns, type NewRun } from '../../src/repositories/compaction-runs.ts';

const RUN: NewRun = {
  image_id: '7aee1585-a82d-57fe-b9e6-9ef48824255f',
  run_id: newRunId(),
  collection: 'lines',
  delta_sha256: 'a'.repeat(64),
  receipts: [{ receipt_id: '00001', revision: 1 }],
  rows: 40,
};

async function made() {
  const records = new MemoryRecordStore();
  const runs = new CompactionRuns(records, new FakeClock());
  await records.transact([runs.createWrite(RUN), runs.createWrite({ ...RUN, collection: 'words' })]);
  const get = async () => {
    const run = await runs.get(RUN.image_id, RUN.run_id, 'lines');
    if (!run) throw new Error('no run');
    return run;
  };
  return { records, runs, get };
}

describe('a compaction run', () => {
  it('is PENDING under its own delta, one a collection', async () => {
    const { runs, get } = await made();
    expect(await get()).toMatchObject({ status: 'PENDING', delta_key: deltaKey('lines', RUN.run_id), sweeps: 0 });
    expect((await runs.list('PENDING', { limit: 10 })).items).toHaveLength(2);
  });

  it('ends once: what is MERGED cannot fail, what FAILED is not merged', async () => {
    const { runs, get } = await made();
    expect(await runs.merged(await get(), 38)).toMatchObject({ status: 'MERGED', rows_merged: 38 });
    expect(await runs.fail(await get(), { code: 'STALLED', message: 'late' })).toBeNull();
    expect(await runs.merged(await get(), 1)).toBeNull();
    expect((await runs.list('PENDING', { limit: 10 })).items).toMatchObject([{ collection: 'words' }]);
    expect((await runs.list('MERGED', { limit: 10 })).items).toMatchObject([{ collection: 'lines' }]);
  });

  it('counts a sending only if nobody changed it meanwhile', async () => {
    const { runs, get } = await made();
    const seen = await get();
    expect(await runs.countSweep(seen)).toMatchObject({ sweeps: 1 });
    expect(await runs.countSweep(seen)).toBeNull();
  });
});
