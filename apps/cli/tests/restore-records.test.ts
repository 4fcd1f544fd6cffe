import { SlipstreamError, type StoredRecord } from '@slipstream/shared';
import { MemoryRecordStore } from '@slipstream/testing';
import { expect, it } from 'vitest';
import { restoreRecords } from '../src/restore/restore-records.ts';

const record = (sk: string, revision: number, extra: Partial<StoredRecord> = {}): StoredRecord => ({
  pk: 'IMAGE#a',
  sk,
  type: 'RECEIPT',
  revision,
  ...extra,
});

async function* each(...records: StoredRecord[]): AsyncGenerator<StoredRecord> {
  yield* records;
}

async function tableWith(...records: StoredRecord[]): Promise<MemoryRecordStore> {
  const table = new MemoryRecordStore();
  for (const one of records) await table.write({ kind: 'put', record: one });
  return table;
}

it('writes what is missing or older, and never touches what is newer', async () => {
  const table = await tableWith(record('older', 1), record('same', 4), record('newer', 9));
  const earlier = () => each(record('lost', 3), record('older', 2), record('same', 4), record('newer', 8));
  expect(await restoreRecords(earlier(), table, { dryRun: true })).toEqual({ restored: 2, kept: 2, skipped: 0 });
  expect(await table.get({ pk: 'IMAGE#a', sk: 'lost' })).toBeNull();
  expect(await restoreRecords(earlier(), table, { dryRun: false })).toEqual({ restored: 2, kept: 2, skipped: 0 });
  const revisions = await Promise.all(
    ['lost', 'older', 'same', 'newer'].map(async (sk) => (await table.get({ pk: 'IMAGE#a', sk }))?.revision),
  );
  expect(revisions).toEqual([3, 2, 4, 9]);
  expect(await restoreRecords(earlier(), table, { dryRun: false })).toEqual({ restored: 0, kept: 4, skipped: 0 });
});

it('leaves out what belongs to the moment: leases, heartbeats, budgets, where the index is', async () => {
  const table = await tableWith();
  const moment = ['AGENT', 'BUDGET', 'CONFIG', 'SNAPSHOT', 'WRITER'].map((type) => record(type, 1, { type }));
  expect(await restoreRecords(each(...moment), table, { dryRun: false })).toEqual({ restored: 0, kept: 0, skipped: 5 });
});

it('a record that changes in between is looked at again', async () => {
  const table = await tableWith(record('busy', 1));
  const write = table.write.bind(table);
  let raced = false;
  table.write = async (request) => {
    if (!raced) {
      raced = true;
      await write({ kind: 'put', record: record('busy', 7) });
      throw new SlipstreamError('CONDITION_FAILED', 'changed');
    }
    return write(request);
  };
  expect(await restoreRecords(each(record('busy', 5)), table, { dryRun: false })).toMatchObject({
    restored: 0,
    kept: 1,
  });
  expect((await table.get({ pk: 'IMAGE#a', sk: 'busy' }))?.revision).toBe(7);
});
