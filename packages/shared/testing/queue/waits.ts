import { describe, expect, it } from 'vitest';
import type { QueueHarness } from '../queue-contract.ts';
import { queueForEachTest } from './queue-home.ts';

export function describeQueueWaits(makeHarness: () => Promise<QueueHarness>): void {
  describe('delays and waits', () => {
    const home = queueForEachTest(makeHarness);

    it('holds a message back that was released with a delay', async () => {
      await home.queue.send({ n: 1 });
      await (await home.receiveOne(100)).release(3 * home.harness.tickMs);
      await home.harness.advance(2 * home.harness.tickMs);
      expect(await home.receive()).toEqual([]);
      await home.harness.advance(home.harness.tickMs);
      expect((await home.receiveOne()).receiveCount).toBe(2);
    });

    it('holds a message back that was sent with a delay', async () => {
      await home.queue.send({ n: 1 }, { delayMs: 2 * home.harness.tickMs });
      expect(await home.receive()).toEqual([]);
      expect(await home.queue.depth()).toMatchObject({ ready: 0, delayed: 1 });
      await home.harness.advance(2 * home.harness.tickMs);
      expect((await home.receiveOne()).receiveCount).toBe(1);
    });

    it('waits for the first message', async () => {
      const waiting = home.queue.receive({
        max: 10,
        waitMs: 5 * home.harness.tickMs,
        visibilityMs: 30 * home.harness.tickMs,
      });
      await home.harness.advance(home.harness.tickMs);
      await home.queue.send({ n: 1 });
      expect(await waiting).toHaveLength(1);
    });

    it('ends a wait for a message that becomes visible meanwhile', async () => {
      await home.queue.send({ n: 1 }, { delayMs: 2 * home.harness.tickMs });
      const waiting = home.queue.receive({
        max: 10,
        waitMs: 10 * home.harness.tickMs,
        visibilityMs: 30 * home.harness.tickMs,
      });
      await home.harness.advance(3 * home.harness.tickMs);
      expect(await waiting).toHaveLength(1);
    });

    it('comes back with nothing when the wait is over', async () => {
      const waiting = home.queue.receive({ max: 10, waitMs: home.harness.tickMs, visibilityMs: home.harness.tickMs });
      await home.harness.advance(2 * home.harness.tickMs);
      expect(await waiting).toEqual([]);
    });

    it('ends a wait that is called off, and leaves nothing in flight', async () => {
      const stop = new AbortController();
      const { signal } = stop;
      const waiting = home.queue.receive({
        max: 10,
        waitMs: 20 * home.harness.tickMs,
        visibilityMs: 60 * home.harness.tickMs,
        signal,
      });
      await home.harness.advance(0);
      const sent = home.queue.send({ n: 1 });
      stop.abort();
      const deliveries = await waiting;
      await sent;
      expect(deliveries).toEqual([]);
      expect((await home.receiveOne()).body).toBe(JSON.stringify({ n: 1 }));
    });

    it('receives nothing for a signal that was aborted before', async () => {
      await home.queue.send({ n: 1 });
      const signal = AbortSignal.abort();
      expect(await home.queue.receive({ max: 10, waitMs: 0, visibilityMs: home.harness.tickMs, signal })).toEqual([]);
      expect((await home.receiveOne()).receiveCount).toBe(1);
    });
  });
}
