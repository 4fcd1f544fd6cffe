import { rm } from 'node:fs/promises';
import { FakeClock } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedStore, openEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';

const JUMP_MS = 6 * 3_600_000;

describe('a clock that is set back by six hours', () => {
  let dataDir: string;
  let store: EmbeddedStore;
  let ahead: FakeClock;
  let right: FakeClock;
  const receive = (from: EmbeddedStore) =>
    from.queue('work-queue').receive({ max: 10, waitMs: 0, visibilityMs: 60_000 });
  const reopen = async (clock: FakeClock) => {
    await store.close();
    store = await openEmbeddedStore({ dataDir, clock });
  };

  beforeEach(async () => {
    dataDir = await makeDataDir();
    [ahead, right] = [new FakeClock(), new FakeClock()];
    ahead.wall_step_ms = JUMP_MS;
    store = await openEmbeddedStore({ dataDir, clock: ahead });
  });
  afterEach(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  it('leaves what waited ready', async () => {
    await store.queue('work-queue').send({ n: 1 });
    await reopen(right);
    expect(await store.queue('work-queue').depth()).toMatchObject({ ready: 1, delayed: 0, oldestAgeMs: 0 });
    expect(await receive(store)).toHaveLength(1);
  });

  it('leaves what is left of a delay and of a lease', async () => {
    await store.queue('work-queue').send({ n: 1 });
    await store.queue('work-queue').send({ n: 2 });
    const [first] = await store.queue('work-queue').receive({ max: 1, waitMs: 0, visibilityMs: 60_000 });
    await store.queue('work-queue').send({ n: 3 }, { delayMs: 30_000 });
    const [second] = await store.queue('work-queue').receive({ max: 1, waitMs: 0, visibilityMs: 60_000 });
    await second?.release(90_000);
    await reopen(right);
    expect(await store.queue('work-queue').depth()).toMatchObject({ ready: 0, inFlight: 1, delayed: 2 });
    await right.advance(30_000);
    expect((await receive(store)).map(({ body }) => JSON.parse(body).n)).toEqual([3]);
    await right.advance(30_000);
    expect((await receive(store)).map(({ id }) => id)).toContain(first?.id);
    await right.advance(30_000);
    expect((await receive(store)).map(({ id }) => id)).toContain(second?.id);
  });

  it('is noticed by housekeeping in a store that stays open', async () => {
    const other = await openEmbeddedStore({ dataDir, clock: right });
    await store.queue('work-queue').send({ n: 1 });
    expect(await receive(other)).toEqual([]);
    expect(await other.maintain()).toMatchObject({ messages_realigned: 1 });
    expect(await receive(other)).toHaveLength(1);
    expect(await other.maintain()).toMatchObject({ messages_realigned: 0 });
    await other.close();
  });
});
