import type { SnapshotRecord } from '@slipstream/shared';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { IndexRecords, type PublishedState } from '../../src/repositories/index-records.ts';

const LEASE = { lease_ms: 60_000 };
const FIRST: PublishedState = {
  table: 'lines',
  uri: 'file:///index/lines.lance',
  version: 1,
  rows: 0,
  merges: 0,
  optimised_at: '2026-01-01T00:00:00.000Z',
};

async function published() {
  const clock = new FakeClock();
  const records = new IndexRecords(new MemoryRecordStore(), clock);
  await records.create('lines', FIRST);
  const snapshot = async (): Promise<SnapshotRecord> => {
    const record = await records.snapshot('lines');
    if (!record) throw new Error('no snapshot');
    return record;
  };
  const acquire = async (owner: string, isGone?: (owner: string) => boolean) =>
    records.acquire('lines', owner, { ...LEASE, ...(isGone ? { isGone } : {}) });
  return { clock, records, snapshot, acquire };
}

describe('the single writer', () => {
  it('is one: the second waits until the first has released or its lease has ended', async () => {
    const { clock, records, acquire } = await published();
    const first = await acquire('a');
    expect(first).toMatchObject({ fence: 1 });
    expect(await acquire('b')).toBeNull();
    if (first) await records.release(first);
    expect(await acquire('b')).toMatchObject({ fence: 2 });
    await clock.advance(60_001);
    expect(await acquire('c')).toMatchObject({ fence: 3 });
  });

  it('of several that ask at once, one gets it', async () => {
    const { acquire } = await published();
    const leases = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => acquire(owner)));
    expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
  });

  it('that is known to be dead is not waited for', async () => {
    const { acquire } = await published();
    await acquire('dead');
    expect(await acquire('b', (owner) => owner === 'dead')).toMatchObject({ fence: 2 });
  });

  it('renews its own lease only, and none that has ended', async () => {
    const { clock, records, acquire } = await published();
    const first = await acquire('a');
    if (!first) throw new Error('no lease');
    await clock.advance(30_000);
    const renewed = await records.renew(first, 60_000);
    expect(renewed?.expires_at).toBe(clock.now() + 60_000);
    await clock.advance(60_001);
    expect(renewed && (await records.renew(renewed, 60_000))).toBeNull();
    // Even one whose own clock stands still and takes its lease for living.
    await acquire('b');
    expect(await records.renew({ ...first, expires_at: Number.MAX_SAFE_INTEGER }, 60_000)).toBeNull();
    expect((await records.writer('lines'))?.owner).toBe('b');
  });

  it('that froze past its lease cannot release its successor', async () => {
    const { clock, records, acquire } = await published();
    const frozen = await acquire('a');
    await clock.advance(60_001);
    await acquire('b');
    if (frozen) await records.release(frozen);
    expect(await acquire('c')).toBeNull();
  });
});

describe('publishing', () => {
  it('moves the snapshot while the lease holds', async () => {
    const { records, snapshot, acquire } = await published();
    const lease = await acquire('a');
    if (!lease) throw new Error('no lease');
    expect(await records.publish(lease, await snapshot(), { ...FIRST, version: 2, rows: 5 })).toBe(true);
    expect(await snapshot()).toMatchObject({ version: 2, rows: 5, revision: 2 });
  });

  it('is refused to a writer that froze past its lease, and to one whose snapshot is not the newest', async () => {
    const { clock, records, snapshot, acquire } = await published();
    const frozen = await acquire('a');
    const seen = await snapshot();
    await clock.advance(60_001);
    const lease = await acquire('b');
    if (!frozen || !lease) throw new Error('no lease');
    expect(await records.publish(frozen, seen, { ...FIRST, version: 9 })).toBe(false);
    expect(await records.publish(lease, seen, { ...FIRST, version: 2 })).toBe(true);
    expect(await records.publish(lease, seen, { ...FIRST, version: 3 })).toBe(false);
    expect((await snapshot()).version).toBe(2);
  });

  it('begins once: a second first version changes nothing', async () => {
    const { records, snapshot } = await published();
    expect(await records.create('lines', { ...FIRST, version: 7 })).toBe(false);
    expect((await snapshot()).version).toBe(1);
  });
});
