import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, MESSAGE_BYTES_MAX, MESSAGE_DELAY_MS_MAX, type Queue, VISIBILITY_MS_MAX } from '../src/index.ts';
import { expectError } from './expect-error.ts';

/** A home of queues for one test. */
export interface QueueHarness {
  /** A queue of its own, empty. */
  queue(options?: { readonly maxReceiveCount?: number }): Promise<Queue<unknown>>;
  /** Moves the home's clock, or waits; work that is under way goes on meanwhile. */
  advance(ms: number): Promise<void>;
  /** The smallest time the home tells apart, in ms: 1000 on SQS. */
  readonly tickMs: number;
  dispose(): Promise<void>;
}

/** Every `Queue` behaves so, on every home. Where SQS cannot know something, the port says so and the suite allows it. */
export function describeQueueContract(name: string, makeHarness: () => Promise<QueueHarness>): void {
  describe(`${name} keeps the contract of Queue`, () => {
    let harness: QueueHarness;
    let queue: Queue<unknown>;
    const reason = {
      code: 'IMAGE_UNREADABLE',
      message: 'The image is damaged.',
      details: { key: 'raw/1', attempt: 2 },
    };

    beforeEach(async () => {
      harness = await makeHarness();
      queue = await harness.queue();
    });
    afterEach(() => harness.dispose());

    /** Receives what is there now. Waits for a tick at most, because SQS may need a second look. */
    const receive = (visibilityTicks = 30, max = 10): Promise<readonly Delivery[]> =>
      queue.receive({ max, waitMs: 0, visibilityMs: visibilityTicks * harness.tickMs });
    const receiveOne = async (visibilityTicks = 30): Promise<Delivery> => {
      const [delivery] = await receive(visibilityTicks, 1);
      if (delivery === undefined) return expect.fail('nothing was received');
      return delivery;
    };

    it('delivers what was sent, with its correlation id and the time it was sent', async () => {
      await queue.send({ image_id: 'é€𝄞', n: 1 }, { correlationId: 'upload-1' });
      const delivery = await receiveOne();
      expect(JSON.parse(delivery.body)).toEqual({ image_id: 'é€𝄞', n: 1 });
      expect(delivery).toMatchObject({ receiveCount: 1, correlationId: 'upload-1' });
      expect(delivery.sentAt).toBeGreaterThan(0);
      expect(delivery.id).not.toBe('');
    });

    it('delivers every message to one receiver at a time', async () => {
      for (let n = 0; n < 25; n += 1) await queue.send({ n });
      const numbers: unknown[] = [];
      for (let round = 0; round < 20 && numbers.length < 25; round += 1) {
        for (const delivery of await receive()) numbers.push(JSON.parse(delivery.body).n);
      }
      expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 25 }, (_, n) => n));
    });

    it('gives no more than was asked for', async () => {
      for (let n = 0; n < 5; n += 1) await queue.send({ n });
      expect((await receive(30, 2)).length).toBeLessThanOrEqual(2);
    });

    it('delivers a message again when its visibility timeout ends, counting the receive', async () => {
      await queue.send({ n: 1 });
      const first = await receiveOne(2);
      expect(await receive()).toEqual([]);
      await harness.advance(2 * harness.tickMs);
      const second = await receiveOne(2);
      expect(second).toMatchObject({ id: first.id, receiveCount: 2, sentAt: first.sentAt });
    });

    it('delivers nothing again that was acknowledged', async () => {
      await queue.send({ n: 1 });
      await (await receiveOne(1)).ack();
      await harness.advance(2 * harness.tickMs);
      expect(await receive()).toEqual([]);
      expect(await queue.depth()).toMatchObject({ ready: 0, inFlight: 0, delayed: 0, dead: 0 });
    });

    it('takes a repeated acknowledgement', async () => {
      await queue.send({ n: 1 });
      const delivery = await receiveOne();
      await delivery.ack();
      await delivery.ack();
      expect(await receive()).toEqual([]);
    });

    it('keeps a message invisible for as long as it is extended', async () => {
      await queue.send({ n: 1 });
      const delivery = await receiveOne(2);
      for (let extension = 0; extension < 3; extension += 1) {
        await harness.advance(harness.tickMs);
        await delivery.extend(2 * harness.tickMs);
      }
      await harness.advance(harness.tickMs);
      expect(await receive()).toEqual([]);
      await harness.advance(harness.tickMs);
      expect((await receiveOne()).receiveCount).toBe(2);
    });

    it('refuses to extend a delivery whose time is over', async () => {
      await queue.send({ n: 1 });
      const delivery = await receiveOne(1);
      await harness.advance(harness.tickMs);
      await expectError(delivery.extend(harness.tickMs), 'LEASE_LOST');
    });

    it('refuses to extend or release what somebody else has received by now', async () => {
      await queue.send({ n: 1 });
      const late = await receiveOne(1);
      await harness.advance(harness.tickMs);
      const current = await receiveOne();
      await expectError(late.extend(30 * harness.tickMs), 'LEASE_LOST');
      await expectError(late.release(0), 'LEASE_LOST');
      await current.ack();
    });

    it('does not let a late acknowledgement delete a message that somebody else holds', async () => {
      await queue.send({ n: 1 });
      const late = await receiveOne(1);
      await harness.advance(harness.tickMs);
      const current = await receiveOne(2);
      // SQS does not tell; what counts is that the message stays with its holder.
      await late.ack().catch((thrown: unknown) => expect(thrown).toMatchObject({ code: 'LEASE_LOST' }));
      await current.extend(2 * harness.tickMs);
      await harness.advance(2 * harness.tickMs);
      expect((await receiveOne()).receiveCount).toBe(3);
    });

    it('gives a released message to the next receiver at once', async () => {
      await queue.send({ n: 1 });
      await (await receiveOne(100)).release(0);
      expect((await receiveOne()).receiveCount).toBe(2);
    });

    it('holds a message back that was released with a delay', async () => {
      await queue.send({ n: 1 });
      await (await receiveOne(100)).release(3 * harness.tickMs);
      await harness.advance(2 * harness.tickMs);
      expect(await receive()).toEqual([]);
      await harness.advance(harness.tickMs);
      expect((await receiveOne()).receiveCount).toBe(2);
    });

    it('refuses to release twice', async () => {
      await queue.send({ n: 1 });
      const delivery = await receiveOne();
      await delivery.release(0);
      await receiveOne();
      await expectError(delivery.release(0), 'LEASE_LOST');
    });

    it('holds a message back that was sent with a delay', async () => {
      await queue.send({ n: 1 }, { delayMs: 2 * harness.tickMs });
      expect(await receive()).toEqual([]);
      expect(await queue.depth()).toMatchObject({ ready: 0, delayed: 1 });
      await harness.advance(2 * harness.tickMs);
      expect((await receiveOne()).receiveCount).toBe(1);
    });

    it('waits for the first message', async () => {
      const waiting = queue.receive({ max: 10, waitMs: 5 * harness.tickMs, visibilityMs: 30 * harness.tickMs });
      await harness.advance(harness.tickMs);
      await queue.send({ n: 1 });
      expect(await waiting).toHaveLength(1);
    });

    it('ends a wait for a message that becomes visible meanwhile', async () => {
      await queue.send({ n: 1 }, { delayMs: 2 * harness.tickMs });
      const waiting = queue.receive({ max: 10, waitMs: 10 * harness.tickMs, visibilityMs: 30 * harness.tickMs });
      await harness.advance(3 * harness.tickMs);
      expect(await waiting).toHaveLength(1);
    });

    it('comes back with nothing when the wait is over', async () => {
      const waiting = queue.receive({ max: 10, waitMs: harness.tickMs, visibilityMs: harness.tickMs });
      await harness.advance(2 * harness.tickMs);
      expect(await waiting).toEqual([]);
    });

    it('ends a wait that is called off, and leaves nothing in flight', async () => {
      const stop = new AbortController();
      const { signal } = stop;
      const waiting = queue.receive({
        max: 10,
        waitMs: 20 * harness.tickMs,
        visibilityMs: 60 * harness.tickMs,
        signal,
      });
      await harness.advance(0);
      const sent = queue.send({ n: 1 });
      stop.abort();
      const deliveries = await waiting;
      await sent;
      expect(deliveries).toEqual([]);
      expect((await receiveOne()).body).toBe(JSON.stringify({ n: 1 }));
    });

    it('receives nothing for a signal that was aborted before', async () => {
      await queue.send({ n: 1 });
      const signal = AbortSignal.abort();
      expect(await queue.receive({ max: 10, waitMs: 0, visibilityMs: harness.tickMs, signal })).toEqual([]);
      expect((await receiveOne()).receiveCount).toBe(1);
    });

    it('moves a rejected message to the dead letters with its reason', async () => {
      await queue.send({ n: 1 }, { correlationId: 'upload-1' });
      const delivery = await receiveOne();
      await delivery.reject(reason);
      expect(await receive()).toEqual([]);
      const { items } = await queue.dead.list({ limit: 10 });
      expect(items).toMatchObject([{ id: delivery.id, body: delivery.body, reason, receiveCount: 1 }]);
      expect(await queue.dead.get(delivery.id)).toMatchObject({ id: delivery.id, reason });
      expect(await queue.depth()).toMatchObject({ ready: 0, inFlight: 0, dead: 1 });
    });

    it('keeps one letter when a rejection is repeated', async () => {
      await queue.send({ n: 1 });
      const delivery = await receiveOne();
      await delivery.reject(reason);
      await delivery.reject({ ...reason, message: 'Again.' });
      expect((await queue.dead.list({ limit: 10 })).items).toHaveLength(1);
    });

    it('keeps one letter when a consumer without a delivery puts the same id again', async () => {
      const letter = { id: 'message-1', body: '{"n":1}', reason, receiveCount: 3 };
      await queue.dead.put(letter);
      await queue.dead.put(letter);
      expect((await queue.dead.list({ limit: 10 })).items).toMatchObject([letter]);
    });

    it('moves a message that was received too often to the dead letters, without a reason', async () => {
      queue = await harness.queue({ maxReceiveCount: 2 });
      await queue.send({ n: 1 });
      const first = await receiveOne();
      await first.release(0);
      await (await receiveOne()).release(0);
      await harness.advance(harness.tickMs);
      expect(await receive()).toEqual([]);
      const { items } = await queue.dead.list({ limit: 10 });
      expect(items).toMatchObject([{ body: first.body, reason: null }]);
    });

    it('delivers the good messages behind one that was received too often', async () => {
      queue = await harness.queue({ maxReceiveCount: 1 });
      await queue.send({ n: 'worn out' });
      await (await receiveOne()).release(0);
      await queue.send({ n: 'good' });
      const bodies: string[] = [];
      for (let round = 0; round < 5 && bodies.length === 0; round += 1) {
        bodies.push(...(await receive()).map(({ body }) => body));
      }
      expect(bodies).toEqual([JSON.stringify({ n: 'good' })]);
    });

    it('sends a dead letter again, once', async () => {
      await queue.send({ n: 1 });
      const delivery = await receiveOne();
      await delivery.reject(reason);
      expect(await queue.dead.redrive(delivery.id)).toBe(true);
      expect(await queue.dead.redrive(delivery.id)).toBe(false);
      expect(await receiveOne()).toMatchObject({ body: delivery.body, receiveCount: 1 });
      expect(await queue.dead.get(delivery.id)).toBeNull();
      expect(await receive()).toEqual([]);
    });

    it('removes a dead letter for good', async () => {
      await queue.dead.put({ id: 'message-1', body: '{}', reason, receiveCount: 1 });
      expect(await queue.dead.remove('message-1')).toBe(true);
      expect(await queue.dead.remove('message-1')).toBe(false);
      expect((await queue.dead.list({ limit: 10 })).items).toEqual([]);
    });

    it('lists dead letters page by page', async () => {
      for (let n = 0; n < 7; n += 1) await queue.dead.put({ id: `message-${n}`, body: '{}', reason, receiveCount: 1 });
      const ids = new Set<string>();
      let cursor: string | null = null;
      for (let page = 0; page < 10; page += 1) {
        const { items, cursor: next }: Awaited<ReturnType<typeof queue.dead.list>> = await queue.dead.list({
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
      await expectError(queue.dead.list({ limit: 3, cursor: 'somebody else’s' }), 'CURSOR_INVALID');
    });

    it('knows no letter that is not there', async () => {
      expect(await queue.dead.get('nobody')).toBeNull();
      expect(await queue.dead.redrive('nobody')).toBe(false);
    });

    it('counts what is ready, in flight, delayed and dead', async () => {
      for (let n = 0; n < 4; n += 1) await queue.send({ n });
      await queue.send({ n: 4 }, { delayMs: 60 * harness.tickMs });
      await (await receiveOne()).reject(reason);
      await receiveOne();
      const depth = await queue.depth();
      expect(depth).toMatchObject({ ready: 2, inFlight: 1, delayed: 1, dead: 1 });
      await harness.advance(harness.tickMs);
      const { oldestAgeMs } = await queue.depth();
      if (oldestAgeMs !== null) expect(oldestAgeMs).toBeGreaterThanOrEqual(harness.tickMs);
    });

    it('is empty at first', async () => {
      expect(await queue.depth()).toEqual({ ready: 0, inFlight: 0, delayed: 0, dead: 0, oldestAgeMs: null });
    });

    it('keeps queues apart', async () => {
      const other = await harness.queue();
      await other.send({ n: 1 });
      expect(await receive()).toEqual([]);
      expect((await queue.depth()).ready).toBe(0);
    });

    it('takes a message of 1 MiB and refuses a longer one', async () => {
      const longest = 'x'.repeat(MESSAGE_BYTES_MAX - 2);
      await queue.send(longest);
      expect(JSON.parse((await receiveOne()).body)).toBe(longest);
      await expectError(queue.send(`${longest}x`), 'LIMIT_EXCEEDED');
      await expectError(queue.send('é'.repeat(MESSAGE_BYTES_MAX / 2)), 'LIMIT_EXCEEDED');
    });

    it('carries every character, also those that SQS refuses', async () => {
      const body = 'tab\t nul\u0000 lone\ud800 \uffff\ufffe 𝄞';
      await queue.send(body);
      expect(JSON.parse((await receiveOne()).body)).toBe(body);
    });

    it('refuses what is no message', async () => {
      await expectError(queue.send(undefined), 'REQUEST_INVALID');
    });

    it('refuses delays, waits, visibility timeouts and batches beyond the limits of SQS', async () => {
      const options = { max: 1, waitMs: 0, visibilityMs: harness.tickMs };
      await expectError(queue.send({}, { delayMs: MESSAGE_DELAY_MS_MAX + 1 }), 'LIMIT_EXCEEDED');
      await expectError(queue.send({}, { delayMs: -1 }), 'REQUEST_INVALID');
      await expectError(queue.receive({ ...options, max: 11 }), 'LIMIT_EXCEEDED');
      await expectError(queue.receive({ ...options, max: 0 }), 'REQUEST_INVALID');
      await expectError(queue.receive({ ...options, waitMs: 20_001 }), 'LIMIT_EXCEEDED');
      await expectError(queue.receive({ ...options, visibilityMs: VISIBILITY_MS_MAX + 1 }), 'LIMIT_EXCEEDED');
      await queue.send({ n: 1 });
      const delivery = await receiveOne();
      await expectError(delivery.extend(VISIBILITY_MS_MAX + 1), 'LIMIT_EXCEEDED');
      await expectError(delivery.release(VISIBILITY_MS_MAX + 1), 'LIMIT_EXCEEDED');
    });
  });
}
