import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../src/database/connection.ts';
import { migrate } from '../src/database/migrate.ts';
import { SCHEMA_STEPS } from '../src/database/schema.ts';
import { openEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';
import { VERSION_1 } from './schema-v1.ts';

describe('a data folder of version 1', () => {
  let dataDir: string;
  let databaseFile: string;

  beforeEach(async () => {
    dataDir = await makeDataDir();
    databaseFile = join(dataDir, 'slipstream.db');
    const database = new DatabaseSync(databaseFile);
    database.exec(VERSION_1);
    database.close();
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  const versionOf = (): unknown => {
    const database = new DatabaseSync(databaseFile);
    const row = database.prepare('PRAGMA user_version').get();
    database.close();
    return row?.user_version;
  };

  it('is migrated when it is opened, with everything in it', async () => {
    const store = await openEmbeddedStore({ dataDir });
    expect(versionOf()).toBe(SCHEMA_STEPS.length);
    expect(await store.records.get({ pk: 'IMAGE#1', sk: 'IMAGE' })).toMatchObject({ revision: 4 });
    expect((await store.records.query({ index: 'gsi1', partition: 'IMAGE', limit: 1 })).items).toHaveLength(1);
    expect(await store.records.checkpoint('stream-processor')).toBe('1');
    expect(await store.records.changes({ after: null, limit: 10 })).toHaveLength(1);
    expect((await store.raw.list({ prefix: 'raw/', limit: 1 })).items).toMatchObject([{ key: 'raw/1', size: 3 }]);
    await store.close();
  });

  it('counts from then on what is in its queues', async () => {
    const store = await openEmbeddedStore({ dataDir });
    const [ocr, uploads] = [store.queue('ocr-queue'), store.queue('uploads-queue')];
    expect(await ocr.depth()).toMatchObject({ ready: 2, inFlight: 0, delayed: 0, dead: 1 });
    expect(await uploads.depth()).toMatchObject({ ready: 0, dead: 1, oldestAgeMs: null });
    const deliveries = await ocr.receive({ max: 10, waitMs: 0, visibilityMs: 60_000 });
    expect(deliveries.map(({ receiveCount }) => receiveCount)).toEqual([1, 4]);
    for (const delivery of deliveries) await delivery.ack();
    expect(await ocr.depth()).toMatchObject({ ready: 0, inFlight: 0, dead: 1 });
    await store.close();
  });

  it('is migrated once when several open it at once', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => openEmbeddedStore({ dataDir })));
    for (const store of stores) expect((await store.queue('ocr-queue').depth()).ready).toBe(2);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('stays what it is when a step fails', async () => {
    const connection = await Connection.open(databaseFile);
    const steps = [...SCHEMA_STEPS, 'CREATE TABLE half_done (n INTEGER); INSERT INTO no_such_table VALUES (1)'];
    await expect(migrate(connection, steps)).rejects.toThrow('no_such_table');
    connection.close();
    expect(versionOf()).toBe(1);
    await (await openEmbeddedStore({ dataDir })).close();
    expect(versionOf()).toBe(SCHEMA_STEPS.length);
  });
});
