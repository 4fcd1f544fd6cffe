import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type EmbeddedStore, openEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';
import { invariantFaults } from './invariants.ts';
import { startChild } from './processes/child.ts';

const KILLS = 5;
/** After the first line, in ms: spread over some hundred rounds. */
const KILL_AFTER_MS_MAX = 300;

it('keeps everything acknowledged when the process is killed at any moment', { timeout: 60_000 }, async () => {
  const dataDir = await makeDataDir();
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    acknowledged = await writeUntilKilled(dataDir, acknowledged);
    expect(invariantFaults(dataDir)).toEqual([]);
    const store = await openEmbeddedStore({ dataDir });
    await expectAllRounds(store, acknowledged);
    await store.close();
  }
  expect(acknowledged).toBeGreaterThan(KILLS);
  await rm(dataDir, { recursive: true });
});

/** The number of rounds that were acknowledged so far. */
async function writeUntilKilled(dataDir: string, first: number): Promise<number> {
  const child = startChild('endless-writer.ts', [dataDir, String(first)]);
  while (child.lines.length === 0 && child.process.exitCode === null) await sleep(5);
  await sleep(Math.random() * KILL_AFTER_MS_MAX);
  child.process.kill('SIGKILL');
  expect(await child.ended).toBe('SIGKILL');
  return Number(child.lines.at(-1)) + 1;
}

async function expectAllRounds(store: EmbeddedStore, acknowledged: number): Promise<void> {
  const [a, b] = await Promise.all(['A', 'B'].map((sk) => store.records.get({ pk: 'BALANCE', sk })));
  expect(Number(a?.balance) + Number(b?.balance)).toBe(0);
  expect(a?.balance).toBeGreaterThanOrEqual(acknowledged);
  for (let round = 0; round < acknowledged; round += 1) {
    expect(await store.records.get({ pk: 'ROUND', sk: String(round) }), `round ${round}`).not.toBeNull();
    expect(await store.raw.head(`raw/${round}`), `object ${round}`).toMatchObject({ size: 40_000 });
  }
  // Each object was announced in the transaction that created it; each round's message was sent.
  expect((await store.queue('uploads-queue').depth()).ready).toBeGreaterThanOrEqual(acknowledged);
  const { ready, inFlight } = await store.queue('work-queue').depth();
  expect(ready + inFlight).toBeGreaterThanOrEqual(acknowledged);
}
