import { describe, expect, it } from 'vitest';
import { MESSAGE_BYTES_MAX, MESSAGE_DELAY_MS_MAX, VISIBILITY_MS_MAX } from '../../src/ports/limits.ts';
import { expectError } from '../expect-error.ts';
import type { QueueHarness } from '../queue-contract.ts';
import { queueForEachTest, REASON } from './queue-home.ts';

export function describeQueueLimits(makeHarness: () => Promise<QueueHarness>): void {
  describe('messages, counts and limits', () => {
    const home = queueForEachTest(makeHarness);

    it('counts what is ready, in flight, delayed and dead', async () => {
      for (let n = 0; n < 4; n += 1) await home.queue.send({ n });
      await home.queue.send({ n: 4 }, { delayMs: 60 * home.harness.tickMs });
      await (await home.receiveOne()).reject(REASON);
      await home.receiveOne();
      const depth = await home.queue.depth();
      expect(depth).toMatchObject({ ready: 2, inFlight: 1, delayed: 1, dead: 1 });
      await home.harness.advance(home.harness.tickMs);
      const { oldestAgeMs } = await home.queue.depth();
      if (oldestAgeMs !== null) expect(oldestAgeMs).toBeGreaterThanOrEqual(home.harness.tickMs);
    });

    it('is empty at first', async () => {
      expect(await home.queue.depth()).toEqual({ ready: 0, inFlight: 0, delayed: 0, dead: 0, oldestAgeMs: null });
    });

    it('keeps queues apart', async () => {
      const other = await home.harness.queue();
      await other.send({ n: 1 });
      expect(await home.receive()).toEqual([]);
      expect((await home.queue.depth()).ready).toBe(0);
    });

    it('takes a message of 1 MiB and refuses a longer one', async () => {
      const longest = 'x'.repeat(MESSAGE_BYTES_MAX - 2);
      await home.queue.send(longest);
      expect(JSON.parse((await home.receiveOne()).body)).toBe(longest);
      await expectError(home.queue.send(`${longest}x`), 'LIMIT_EXCEEDED');
      await expectError(home.queue.send('é'.repeat(MESSAGE_BYTES_MAX / 2)), 'LIMIT_EXCEEDED');
    });

    it('carries every character, also those that SQS refuses', async () => {
      const body = 'tab\t nul\u0000 lone\ud800 \uffff\ufffe 𝄞';
      await home.queue.send(body);
      expect(JSON.parse((await home.receiveOne()).body)).toBe(body);
    });

    it('refuses what is no message', async () => {
      await expectError(home.queue.send(undefined), 'REQUEST_INVALID');
    });

    it('refuses delays, waits, visibility timeouts and batches beyond the limits of SQS', async () => {
      const options = { max: 1, waitMs: 0, visibilityMs: home.harness.tickMs };
      await expectError(home.queue.send({}, { delayMs: MESSAGE_DELAY_MS_MAX + 1 }), 'LIMIT_EXCEEDED');
      await expectError(home.queue.send({}, { delayMs: -1 }), 'REQUEST_INVALID');
      await expectError(home.queue.receive({ ...options, max: 11 }), 'LIMIT_EXCEEDED');
      await expectError(home.queue.receive({ ...options, max: 0 }), 'REQUEST_INVALID');
      await expectError(home.queue.receive({ ...options, waitMs: 20_001 }), 'LIMIT_EXCEEDED');
      await expectError(home.queue.receive({ ...options, visibilityMs: VISIBILITY_MS_MAX + 1 }), 'LIMIT_EXCEEDED');
      await home.queue.send({ n: 1 });
      const delivery = await home.receiveOne();
      await expectError(delivery.extend(VISIBILITY_MS_MAX + 1), 'LIMIT_EXCEEDED');
      await expectError(delivery.release(VISIBILITY_MS_MAX + 1), 'LIMIT_EXCEEDED');
    });
  });
}
