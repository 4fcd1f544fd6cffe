import { describe, expect, it } from 'vitest';
import { expectError } from '../expect-error.ts';
import type { QueueHarness } from '../queue-contract.ts';
import { queueForEachTest, REASON } from './queue-home.ts';

export function describeDeadLetters(makeHarness: () => Promise<QueueHarness>): void {
  describe('dead letters', () => {
    const home = queueForEachTest(makeHarness);

    it('moves a rejected message to the dead letters with its reason', async () => {
      await home.queue.send({ n: 1 }, { correlationId: 'upload-1' });
      const delivery = await home.receiveOne();
      await delivery.reject(REASON);
      expect(await home.receive()).toEqual([]);
      const { items } = await home.queue.dead.list({ limit: 10 });
      expect(items).toMatchObject([{ id: delivery.id, body: delivery.body, reason: REASON, receiveCount: 1 }]);
      expect(await home.queue.dead.get(delivery.id)).toMatchObject({ id: delivery.id, reason: REASON });
      expect(await home.queue.depth()).toMatchObject({ ready: 0, inFlight: 0, dead: 1 });
    });

    it('keeps one letter when a rejection is repeated', async () => {
      await home.queue.send({ n: 1 });
      const delivery = await home.receiveOne();
      await delivery.reject(REASON);
      await delivery.reject({ ...REASON, message: 'Again.' });
      expect((await home.queue.dead.list({ limit: 10 })).items).toHaveLength(1);
    });

    it('keeps one letter when a consumer without a delivery puts the same id again', async () => {
      const letter = { id: 'message-1', body: '{"n":1}', reason: REASON, receiveCount: 3 };
      await home.queue.dead.put(letter);
      await home.queue.dead.put(letter);
      expect((await home.queue.dead.list({ limit: 10 })).items).toMatchObject([letter]);
    });

    it('moves a message that was received too often to the dead letters, without a reason', async () => {
      await home.renew({ maxReceiveCount: 2 });
      await home.queue.send({ n: 1 });
      const first = await home.receiveOne();
      await first.release(0);
      await (await home.receiveOne()).release(0);
      await home.harness.advance(home.harness.tickMs);
      expect(await home.receive()).toEqual([]);
      const { items } = await home.queue.dead.list({ limit: 10 });
      expect(items).toMatchObject([{ body: first.body, reason: null }]);
    });

    it('delivers the good messages behind one that was received too often', async () => {
      await home.renew({ maxReceiveCount: 1 });
      await home.queue.send({ n: 'worn out' });
      await (await home.receiveOne()).release(0);
      await home.queue.send({ n: 'good' });
      const bodies: string[] = [];
      for (let round = 0; round < 5 && bodies.length === 0; round += 1) {
        bodies.push(...(await home.receive()).map(({ body }) => body));
      }
      expect(bodies).toEqual([JSON.stringify({ n: 'good' })]);
    });

    it('sends a dead letter again, once', async () => {
      await home.queue.send({ n: 1 });
      const delivery = await home.receiveOne();
      await delivery.reject(REASON);
      expect(await home.queue.dead.redrive(delivery.id)).toBe(true);
      expect(await home.queue.dead.redrive(delivery.id)).toBe(false);
      expect(await home.receiveOne()).toMatchObject({ body: delivery.body, receiveCount: 1 });
      expect(await home.queue.dead.get(delivery.id)).toBeNull();
      expect(await home.receive()).toEqual([]);
    });

    it('removes a dead letter for good', async () => {
      await home.queue.dead.put({ id: 'message-1', body: '{}', reason: REASON, receiveCount: 1 });
      expect(await home.queue.dead.remove('message-1')).toBe(true);
      expect(await home.queue.dead.remove('message-1')).toBe(false);
      expect((await home.queue.dead.list({ limit: 10 })).items).toEqual([]);
    });

    it('lists dead letters page by page', async () => {
      for (let n = 0; n < 7; n += 1)
        await home.queue.dead.put({ id: `message-${n}`, body: '{}', reason: REASON, receiveCount: 1 });
      const ids = new Set<string>();
      let cursor: string | null = null;
      for (let page = 0; page < 10; page += 1) {
        const { items, cursor: next }: Awaited<ReturnType<typeof home.queue.dead.list>> = await home.queue.dead.list({
          limit: 3,
          cursor,
        });
        expect(items.length).toBeLessThanOrEqual(3);
        for (const { id } of items) ids.add(id);
        cursor = next;
        if (cursor === null) break;
      }
      expect(cursor).toBeNull();
      expect(ids.size).toBe(7);
      await expectError(home.queue.dead.list({ limit: 3, cursor: 'somebody else’s' }), 'CURSOR_INVALID');
    });

    it('knows no letter that is not there', async () => {
      expect(await home.queue.dead.get('nobody')).toBeNull();
      expect(await home.queue.dead.redrive('nobody')).toBe(false);
    });
  });
}
