import { SlipstreamError } from '@slipstream/shared';
import { FakeClock } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { BatchedCalls } from '../src/batched-calls.ts';

const LINGER_MS = 250;

function batches(send: (entries: readonly number[]) => Promise<ReadonlyMap<number, SlipstreamError>>) {
  const clock = new FakeClock();
  const sent: number[][] = [];
  const calls = new BatchedCalls<number>({
    clock,
    linger_ms: LINGER_MS,
    entries_max: 10,
    send: (entries) => {
      sent.push([...entries]);
      return send(entries);
    },
  });
  return { clock, sent, calls };
}

describe('calls in batches', () => {
  it('go together when the first has waited long enough', async () => {
    const { clock, sent, calls } = batches(async () => new Map());
    const all = Promise.all([calls.call(1), calls.call(2)]);
    await clock.advance(LINGER_MS - 1);
    expect(sent).toEqual([]);
    await clock.advance(1);
    await all;
    expect(sent).toEqual([[1, 2]]);
  });

  it('go at once when a batch is full, and the next batch lingers anew', async () => {
    const { clock, sent, calls } = batches(async () => new Map());
    const all = Promise.all(Array.from({ length: 11 }, (_, n) => calls.call(n)));
    await clock.advance(0);
    expect(sent.map((batch) => batch.length)).toEqual([10]);
    await clock.advance(LINGER_MS);
    await all;
    expect(sent.map((batch) => batch.length)).toEqual([10, 1]);
  });

  it('tell each caller the outcome of its own entry', async () => {
    const lost = new SlipstreamError('LEASE_LOST', 'gone');
    const { clock, calls } = batches(async () => new Map([[1, lost]]));
    const outcomes = Promise.allSettled([calls.call(1), calls.call(2), calls.call(3)]);
    await clock.advance(LINGER_MS);
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('all fail when the request does', async () => {
    const { clock, calls } = batches(async () => {
      throw new SlipstreamError('STORE_UNAVAILABLE', 'no network');
    });
    const outcomes = Promise.allSettled([calls.call(1), calls.call(2)]);
    await clock.advance(LINGER_MS);
    expect(await outcomes).toMatchObject([
      { reason: { code: 'STORE_UNAVAILABLE' } },
      { reason: { code: 'STORE_UNAVAILABLE' } },
    ]);
  });
});
