import { IndexRecords } from '@slipstream/records';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { HeldLease } from '../../src/compaction/held-lease.ts';
import { withWriterLease } from '../../src/index.ts';

const LEASE_MS = 60_000;

async function held() {
  const clock = new FakeClock();
  const indexRecords = new IndexRecords(new MemoryRecordStore(), clock);
  const lease = await indexRecords.acquire('lines', 'a', { lease_ms: LEASE_MS });
  if (!lease) throw new Error('no lease');
  return { clock, indexRecords, lease: new HeldLease({ indexRecords, clock }, lease, LEASE_MS) };
}

describe('a lease in use', () => {
  it('is kept alive through steps that take longer than itself, and ends when it is given back', async () => {
    const { clock, indexRecords, lease } = await held();
    const renewing = lease.keepAlive();
    await clock.advance(10 * LEASE_MS);
    await lease.assertHeld();
    expect(await indexRecords.acquire('lines', 'b', { lease_ms: LEASE_MS })).toBeNull();
    await lease.release();
    await renewing;
    expect(await indexRecords.acquire('lines', 'b', { lease_ms: LEASE_MS })).toMatchObject({ fence: 2 });
  });

  it('that was lost stays lost, also when nobody else has taken it', async () => {
    const { clock, lease } = await held();
    await clock.advance(LEASE_MS + 1);
    for (let ask = 0; ask < 2; ask += 1)
      await expect(lease.assertHeld()).rejects.toMatchObject({ code: 'LEASE_LOST', retry: 'later' });
  });

  it('whose heartbeat wakes up late does not take it back from its successor', async () => {
    const { clock, indexRecords, lease } = await held();
    // The process stands still: its timer fires only when another writer is at work.
    await clock.advance(LEASE_MS + 1);
    const successor = await indexRecords.acquire('lines', 'b', { lease_ms: LEASE_MS });
    const renewing = lease.keepAlive();
    await clock.advance(LEASE_MS / 2);
    await expect(lease.assertHeld()).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await lease.release();
    await renewing;
    expect(await indexRecords.writer('lines')).toMatchObject({ owner: 'b', fence: successor?.fence });
    expect(await indexRecords.acquire('lines', 'c', { lease_ms: LEASE_MS })).toBeNull();
  });

  it('is not waited out when its owner is known to have died, and keeps the dead one out', async () => {
    const { clock, indexRecords, lease } = await held();
    const options = { owner: 'b', lease_ms: LEASE_MS };
    const fenceOf = async (writer: HeldLease) => writer.lease.fence;
    const isGone = (owner: string) => owner === 'a';
    expect(await withWriterLease({ indexRecords, clock }, 'lines', { ...options, isGone }, fenceOf)).toBe(2);
    await expect(lease.assertHeld()).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });

  it('is given back whatever the work comes to, and somebody else is told to wait', async () => {
    const { clock, indexRecords, lease } = await held();
    const options = { owner: 'b', lease_ms: LEASE_MS };
    const work = () => Promise.reject(new Error('no'));
    await expect(withWriterLease({ indexRecords, clock }, 'lines', options, work)).rejects.toMatchObject({
      code: 'STORE_BUSY',
    });
    await lease.release();
    await expect(withWriterLease({ indexRecords, clock }, 'lines', options, work)).rejects.toThrow('no');
    expect(await indexRecords.acquire('lines', 'c', { lease_ms: LEASE_MS })).not.toBeNull();
  });
});
