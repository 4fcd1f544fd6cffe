import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CHANGES_KEPT_MS, type Delivery } from '@slipstream/shared';
import { expect, it, vi } from 'vitest';
import type { EmbeddedStore } from '../src/index.ts';
import { makeStoreHarness } from './harness.ts';

/** Stops after so many rows by itself: walks the oldest changes in the order of their key. */
const BOUNDED = 'SELECT sequence FROM changes ORDER BY sequence LIMIT 500';

/** Whether there is a row at all: the first one ends it. */
const FIRST_ROW = /^SELECT 1 FROM \w+ LIMIT 1$/;

/** A handful of rows: whoever reads the change feed. */
const READERS = 'FROM change_readers';

it('no statement scans or sorts a table: the 100,000th job costs what the 100th does', async () => {
  const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
  const harness = await makeStoreHarness();
  await useEverything(harness.store);
  await harness.advance(CHANGES_KEPT_MS + 1);
  await harness.store.maintain();
  const statements = new Set(
    prepare.mock.calls.map(([sql]) => sql).filter((sql) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql)),
  );
  prepare.mockRestore();

  const database = new DatabaseSync(join(harness.dataDir, 'slipstream.db'));
  const slow: string[] = [];
  for (const sql of statements) {
    if (sql.includes('sqlite_schema')) continue;
    const marks = sql.split('?').length - 1;
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: marks }, () => null));
    const bad = plan.filter(({ detail }) => /SCAN|TEMP B-TREE/.test(String(detail)));
    if (bad.length > 0 && !sql.includes(BOUNDED) && !FIRST_ROW.test(sql) && !sql.includes(READERS))
      slow.push(`${sql}: ${bad.map(({ detail }) => detail).join(', ')}`);
  }
  database.close();
  await harness.dispose();
  expect(slow).toEqual([]);
  expect(statements.size).toBeGreaterThan(30);
});

async function useEverything({ records, raw, artifacts, queue }: EmbeddedStore): Promise<void> {
  const key = { pk: 'P', sk: 'S' };
  await records.write({ kind: 'put', record: { ...key, type: 'T', revision: 1, gsi1pk: 'G', gsi1sk: '1', ttl: 1 } });
  await records.write({ kind: 'put', record: { ...key, sk: 'S2', type: 'T', revision: 1, gsi1pk: 'G', gsi1sk: '1' } });
  await records.write({ kind: 'delete', key: { ...key, sk: 'S2' } });
  await records.write({ kind: 'put', record: { ...key, sk: 'S2', type: 'T', revision: 1, gsi1pk: 'G', gsi1sk: '1' } });
  for (const index of [{}, { index: 'gsi1' }] as const) {
    const partition = 'index' in index ? 'G' : 'P';
    for (const range of [{}, { prefix: 'S' }, { prefix: '\u{10ffff}' }, { between: ['A', 'Z'] }] as const) {
      for (const descending of [false, true]) {
        const query = { ...index, ...range, partition, descending, limit: 1 };
        const { cursor } = await records.query(query);
        await records.query({ ...query, cursor });
      }
    }
  }
  await records.changes({ after: null, limit: 10 });
  await records.newestSequence();
  await records.saveCheckpoint('reader', '1');
  await records.checkpoint('reader');
  for (const store of [raw, artifacts]) {
    await store.put('a/1', new Uint8Array(1));
    await store.put('a/1', new Uint8Array(1), { ifAbsent: true });
    await store.list({ prefix: 'a/', limit: 1 });
    await store.list({ prefix: '', limit: 1 });
    await store.delete('a/1');
  }
  const work = queue('work-queue', { maxReceiveCount: 1 });
  for (let n = 0; n < 4; n += 1) await work.send(n);
  const receive = (): Promise<readonly Delivery[]> => work.receive({ max: 1, waitMs: 0, visibilityMs: 1_000 });
  const [first, second, third] = [...(await receive()), ...(await receive()), ...(await receive())];
  await first?.ack();
  await second?.extend(1_000);
  await second?.reject({ code: 'INTERNAL', message: 'x' });
  await third?.release(0);
  await receive();
  await work.depth();
  for (const { id } of (await work.dead.list({ limit: 10 })).items) await work.dead.redrive(id);
}
