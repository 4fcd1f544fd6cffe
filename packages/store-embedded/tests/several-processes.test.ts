import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';
import { invariantFaults } from './invariants.ts';
import { startChild } from './processes/child.ts';

const PROCESSES = 4;
const ROUNDS = 60;

it('four processes on one folder lose nothing and double nothing', { timeout: 60_000 }, async () => {
  const dataDir = await makeDataDir();
  const children = Array.from({ length: PROCESSES }, (_, n) =>
    startChild('hammer.ts', [dataDir, `process-${n}`, String(ROUNDS)]),
  );
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(children.map(() => 0));
  const reports: { received: string[]; createdObjects: string[] }[] = children.map(({ lines }) =>
    JSON.parse(lines[0] ?? ''),
  );

  const store = await openEmbeddedStore({ dataDir });
  expect(await store.records.get({ pk: 'COUNTER', sk: 'COUNTER' })).toMatchObject({
    added: PROCESSES * ROUNDS,
    compared: PROCESSES * ROUNDS,
    revision: 1 + 2 * PROCESSES * ROUNDS,
  });

  const queue = store.queue('work-queue');
  const received = reports.flatMap((report) => report.received);
  for (;;) {
    const rest = await queue.receive({ max: 10, waitMs: 0, visibilityMs: 600_000 });
    if (rest.length === 0) break;
    received.push(...rest.map(({ body }) => body));
    await Promise.all(rest.map((delivery) => delivery.ack()));
  }
  const sent = children.flatMap((_, n) =>
    Array.from({ length: ROUNDS }, (__, round) => JSON.stringify({ from: `process-${n}`, round })),
  );
  expect(received.toSorted()).toEqual(sent.toSorted());
  expect(await queue.depth()).toMatchObject({ ready: 0, inFlight: 0, delayed: 0, dead: 0 });

  const created = reports.flatMap((report) => report.createdObjects);
  expect(created.toSorted()).toEqual(Array.from({ length: ROUNDS }, (_, round) => `shared/${round}`).toSorted());
  expect((await store.queue('uploads-queue').depth()).ready).toBe(ROUNDS);
  await store.close();
  expect(invariantFaults(dataDir)).toEqual([]);
  await rm(dataDir, { recursive: true });
});
