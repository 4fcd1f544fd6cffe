import { describe, expect, it } from 'vitest';
import { expectError } from '../expect-error.ts';
import type { QueueHarness } from '../queue-contract.ts';
import { queueForEachTest } from './queue-home.ts';

export function describeQueueDeliveries(makeHarness: () => Promise<QueueHarness>): void {
  describe('deliveries', () => {
    const home = queueForEachTest(makeHarness);

    it('delivers what was sent, with its correlation id and the time it was sent', async () => {
      await home.queue.send({ image_id: 'é€𝄞', n: 1 }, { correlationId: 'upload-1' });
      const delivery = await home.receiveOne();
      expect(JSON.parse(delivery.body)).toEqual({ image_id: 'é€𝄞', n: 1 });
      expect(delivery).toMatchObject({ receiveCount: 1, correlationId: 'upload-1' });
      expect(delivery.sentAt).toBeGreaterThan(0);
      expect(delivery.id).not.toBe('');
    });

    it('delivers every message to one receiver at a time', async () => {
      for (let n = 0; n < 25; n += 1) await home.queue.send({ n });
      const numbers: unknown[] = [];
      for (let round = 0; round < 20 && numbers.length < 25; round += 1) {
        for (const delivery of await home.receive()) numbers.push(JSON.parse(delivery.body).n);
      }
      expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 25 }, (_, n) => n));
    });

    it('gives no more than was asked for', async () => {
      for (let n = 0; n < 5; n += 1) await home.queue.send({ n });
      expect((await home.receive(30, 2)).length).toBeLessThanOrEqual(2);
    });

    it('delivers a message again when its visibility timeout ends, counting the receive', async () => {
      await home.queue.send({ n: 1 });
      const first = await home.receiveOne(2);
      expect(await home.receive()).toEqual([]);
      await home.harness.advance(2 * home.harness.tickMs);
      const second = await home.receiveOne(2);
      expect(second).toMatchObject({ id: first.id, receiveCount: 2, sentAt: first.sentAt });
    });

    it('delivers nothing again that was acknowledged', async () => {
      await home.queue.send({ n: 1 });
      await (await home.receiveOne(1)).ack();
      await home.harness.advance(2 * home.harness.tickMs);
      expect(await home.receive()).toEqual([]);
      expect(await home.queue.depth()).toMatchObject({ ready: 0, inFlight: 0, delayed: 0, dead: 0 });
    });

    it('takes a repeated acknowledgement', async () => {
      await home.queue.send({ n: 1 });
      const delivery = await home.receiveOne();
      await delivery.ack();
      await delivery.ack();
      expect(await home.receive()).toEqual([]);
    });

    it('keeps a message invisible for as long as it is extended', async () => {
      await home.queue.send({ n: 1 });
      const delivery = await home.receiveOne(2);
      for (let extension = 0; extension < 3; extension += 1) {
        await home.harness.advance(home.harness.tickMs);
        await delivery.extend(2 * home.harness.tickMs);
      }
      await home.harness.advance(home.harness.tickMs);
      expect(await home.receive()).toEqual([]);
      await home.harness.advance(home.harness.tickMs);
      expect((await home.receiveOne()).receiveCount).toBe(2);
    });

    it('refuses to extend a delivery whose time is over', async () => {
      await home.queue.send({ n: 1 });
      const delivery = await home.receiveOne(1);
      await home.harness.advance(home.harness.tickMs);
      await expectError(delivery.extend(home.harness.tickMs), 'LEASE_LOST');
    });

    it('refuses to extend or release what somebody else has received by now', async () => {
      await home.queue.send({ n: 1 });
      const late = await home.receiveOne(1);
      await home.harness.advance(home.harness.tickMs);
      const current = await home.receiveOne();
      await expectError(late.extend(30 * home.harness.tickMs), 'LEASE_LOST');
      await expectError(late.release(0), 'LEASE_LOST');
      await current.ack();
    });

    it('does not let a late acknowledgement delete a message that somebody else holds', async () => {
      await home.queue.send({ n: 1 });
      const late = await home.receiveOne(1);
      await home.harness.advance(home.harness.tickMs);
      const current = await home.receiveOne(2);
      // SQS does not tell; what counts is that the message stays with its holder.
      await late.ack().catch((thrown: unknown) => expect(thrown).toMatchObject({ code: 'LEASE_LOST' }));
      await current.extend(2 * home.harness.tickMs);
      await home.harness.advance(2 * home.harness.tickMs);
      expect((await home.receiveOne()).receiveCount).toBe(3);
    });

    it('gives a released message to the next receiver at once', async () => {
      await home.queue.send({ n: 1 });
      await (await home.receiveOne(100)).release(0);
      expect((await home.receiveOne()).receiveCount).toBe(2);
    });

    it('refuses to release twice', async () => {
      await home.queue.send({ n: 1 });
      const delivery = await home.receiveOne();
      await delivery.release(0);
      await home.receiveOne();
      await expectError(delivery.release(0), 'LEASE_LOST');
    });
  });
}
