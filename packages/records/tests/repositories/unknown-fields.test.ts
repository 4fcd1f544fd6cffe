import { recordKeys } from '@slipstream/shared';
import { ADDED_LATER } from '@slipstream/shared/testing';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { IndexRecords } from '../../src/repositories/index-records.ts';
import { SweepPositions } from '../../src/repositories/sweep-positions.ts';

describe('a record that is written whole over an earlier one', () => {
  it('keeps what a later release wrote to the single writer', async () => {
    const store = new MemoryRecordStore();
    const indexRecords = new IndexRecords(store, new FakeClock());
    const lease = await indexRecords.acquire('lines', 'a', { lease_ms: 60_000 });
    const key = recordKeys.writer('lines');
    await store.write({ kind: 'update', key, set: { added_later: ADDED_LATER } });
    if (lease) await indexRecords.release(lease);
    expect(await indexRecords.acquire('lines', 'b', { lease_ms: 60_000 })).toMatchObject({ owner: 'b' });
    expect(await store.get(key)).toMatchObject({ owner: 'b', added_later: ADDED_LATER });
  });

  it('keeps what a later release wrote to the position of a round', async () => {
    const store = new MemoryRecordStore();
    const positions = new SweepPositions(store, new FakeClock());
    const position = { cursor: null, round_started_at: '2026-01-01T00:00:00.000Z' };
    await positions.save('documents', null, position);
    const key = recordKeys.sweep('documents');
    await store.write({ kind: 'update', key, set: { added_later: ADDED_LATER } });
    expect(await positions.save('documents', await positions.get('documents'), { ...position, cursor: 'c' })).toBe(
      true,
    );
    expect(await store.get(key)).toMatchObject({ cursor: 'c', added_later: ADDED_LATER });
  });
});
