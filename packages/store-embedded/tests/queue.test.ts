import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Delivery, systemClock, VISIBILITY_MS_MAX } from '@slipstream/shared';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../src/index.ts';
import { makeStoreHarness, type StoreHarness } from './harness.ts';

describe('the embedded queue, where it can be stricter than SQS', () => {
  let harness: StoreHarness;
  const open = () => harness.store.queue('work-queue');
  const receiveOne = async (visibilityMs = 60_000): Promise<Delivery> => {
    const [delivery] = await open().receive({ max: 1, waitMs: 0, visibilityMs });
    return delivery ?? expect.fail('nothing was received');
  };

  beforeEach(async () => {
    harness = await makeStoreHarness();
  });
  afterEach(() => harness.dispose());

  it('delivers in the order of sending', async () => {
    for (let n = 0; n < 5; n += 1) await open().send(n);
    const deliveries = await open().receive({ max: 10, waitMs: 0, visibilityMs: 1_000 });
    expect(deliveries.map(({ body }) => body)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('makes a message receivable again at the very millisecond', async () => {
    await open().send({ n: 1 });
    await receiveOne(1_000);
    await harness.advance(999);
    expect(await open().receive({ max: 1, waitMs: 0, visibilityMs: 1_000 })).toEqual([]);
    await harness.advance(1);
    expect((await receiveOne()).receiveCount).toBe(2);
  });

  it('knows exactly how old the oldest message is', async () => {
    await open().send({ n: 1 });
    await harness.advance(5_000);
    await open().send({ n: 2 });
    expect((await open().depth()).oldestAgeMs).toBe(5_000);
    await (await receiveOne()).ack();
    expect((await open().depth()).oldestAgeMs).toBe(0);
  });

  it('tells a late holder that its message is not its own any more', async () => {
    await open().send({ n: 1 });
    const late = await receiveOne(1_000);
    await harness.advance(1_000);
    const current = await receiveOne();
    await expectError(late.ack(), 'LEASE_LOST');
    await expectError(late.reject({ code: 'INTERNAL', message: 'late' }), 'LEASE_LOST');
    await current.ack();
    await expectError(late.ack(), 'LEASE_LOST');
    expect((await open().depth()).dead).toBe(0);
  });

  it('lets an expired holder acknowledge as long as nobody else has received', async () => {
    await open().send({ n: 1 });
    const late = await receiveOne(1_000);
    await harness.advance(5_000);
    await late.ack();
    expect(await open().depth()).toMatchObject({ ready: 0, inFlight: 0 });
  });

  it('leaves a message in one receiver’s hands for 12 hours at most', async () => {
    await open().send({ n: 1 });
    const delivery = await receiveOne(VISIBILITY_MS_MAX);
    await harness.advance(VISIBILITY_MS_MAX - 1_000);
    await delivery.extend(1_000);
    await expectError(delivery.extend(1_001), 'LIMIT_EXCEEDED');
    await harness.advance(1_000);
    expect((await receiveOne()).receiveCount).toBe(2);
  });

  it('counts a receive before it is told, and not one that was called off', async () => {
    await open().send({ n: 1 });
    const stop = new AbortController();
    const receiving = open().receive({ max: 1, waitMs: 0, visibilityMs: 60_000, signal: stop.signal });
    // In the turn of the commit itself, before the receiver learns of it.
    setImmediate(() => stop.abort());
    expect(await receiving).toEqual([]);
    expect(await open().depth()).toMatchObject({ ready: 1, inFlight: 0 });
    expect((await receiveOne()).receiveCount).toBe(1);
  });

  it('hands a letter’s correlation id on when it is sent again', async () => {
    await open().send({ n: 1 }, { correlationId: 'upload-1' });
    const delivery = await receiveOne();
    await delivery.reject({ code: 'INTERNAL', message: 'once' });
    await open().dead.redrive(delivery.id);
    expect((await receiveOne()).correlationId).toBe('upload-1');
  });

  it('deletes a rejected message whose letter a function has put already', async () => {
    await open().send({ n: 1 });
    const { id, body, receiveCount, ...delivery } = await receiveOne();
    expect(delivery.correlationId).toBeNull();
    await open().dead.put({ id, body, receiveCount, reason: { code: 'FIRST', message: 'first' } });
    await harness.advance(60_000);
    await (await receiveOne()).reject({ code: 'SECOND', message: 'second' });
    expect(await open().depth()).toMatchObject({ ready: 0, inFlight: 0, dead: 1 });
    expect((await open().dead.get(id))?.reason?.code).toBe('FIRST');
  });

  it('delivers what is damaged on the disk as it is, and shows a letter whose reason is', async () => {
    await open().send({ n: 1 });
    await open().dead.put({ id: 'letter-1', body: '{}', receiveCount: 1, reason: { code: 'INTERNAL', message: 'x' } });
    const database = new DatabaseSync(join(harness.dataDir, 'slipstream.db'));
    database.exec(`UPDATE messages SET body = '{"n":'; UPDATE dead_letters SET reason = '{"code":'`);
    database.close();
    expect((await receiveOne()).body).toBe('{"n":');
    expect((await open().dead.list({ limit: 10 })).items).toMatchObject([
      { id: 'letter-1', reason: { code: 'DOCUMENT_INVALID' } },
    ]);
  });

  it('moves many used-up messages without keeping the good ones waiting', async () => {
    const queue = harness.store.queue('worn-queue', { maxReceiveCount: 1 });
    for (let n = 0; n < 150; n += 1) await queue.send(n);
    for (let n = 0; n < 15; n += 1) await queue.receive({ max: 10, waitMs: 0, visibilityMs: 1_000 });
    await harness.advance(2_000);
    await queue.send('good');
    const [delivery] = await queue.receive({ max: 10, waitMs: 0, visibilityMs: 1_000 });
    expect(delivery?.body).toBe('"good"');
    expect(await queue.depth()).toMatchObject({ ready: 0, inFlight: 1, dead: 150 });
  });
});

describe('a receiver that waits', () => {
  it('learns at once of what its own process sends, and soon of what another one does', {
    timeout: 20_000,
  }, async () => {
    const { dataDir, store, dispose } = await makeStoreHarness({ clock: systemClock });
    const second = await openEmbeddedStore({ dataDir });
    const receive = () => store.queue('work-queue').receive({ max: 1, waitMs: 10_000, visibilityMs: 60_000 });

    for (const [sender, boundMs] of [
      [store, 150],
      [second, 600],
    ] as const) {
      const waiting = receive();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await sender.queue('work-queue').send({ n: 1 });
      const sentAt = performance.now();
      expect(await waiting).toHaveLength(1);
      // The design says 250 ms; the rest is for a machine that is busy with other tests.
      expect(performance.now() - sentAt).toBeLessThan(boundMs);
    }
    await second.close();
    await dispose();
  });
});
