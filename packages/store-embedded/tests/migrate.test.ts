import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
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
    await mkdir(join(dataDir, 'objects', 'slipstream-raw', '2026-11-01'), { recursive: true });
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

  const copies = async () => (await readdir(dataDir)).filter((name) => name.startsWith('slipstream.db.')).sort();

  it('is copied before it is migrated, and the copy is named', async () => {
    const said: unknown[] = [];
    const store = await openEmbeddedStore({ dataDir, logger: { info: (told: unknown) => said.push(told) } });
    await store.records.write({ kind: 'put', record: { pk: 'IMAGE#2', sk: 'IMAGE', type: 'IMAGE', revision: 1 } });
    await store.close();
    const [copy = '', ...others] = await copies();
    expect(others).toEqual([]);
    expect(said).toEqual([{ from: 1, to: SCHEMA_STEPS.length, backup: join(dataDir, copy) }]);
    expect((await stat(join(dataDir, copy))).mode & 0o777).toBe(0o600);

    // Put back under the database's name it is what it was: of version 1, with everything in it and nothing of later.
    for (const suffix of ['-wal', '-shm']) await rm(`${databaseFile}${suffix}`, { force: true });
    await cp(join(dataDir, copy), databaseFile);
    expect(versionOf()).toBe(1);
    const again = await openEmbeddedStore({ dataDir });
    expect(await again.records.get({ pk: 'IMAGE#1', sk: 'IMAGE' })).toMatchObject({ revision: 4 });
    expect(await again.records.get({ pk: 'IMAGE#2', sk: 'IMAGE' })).toBeNull();
    expect((await again.queue('ocr-queue').depth()).ready).toBe(2);
    await again.close();
  });

  it('is copied once when several open it at once, and not again when it is opened later', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => openEmbeddedStore({ dataDir })));
    await Promise.all(stores.map((store) => store.close()));
    await (await openEmbeddedStore({ dataDir })).close();
    expect(await copies()).toHaveLength(1);
  });

  it('keeps the two newest copies, and nothing of one that was broken off', async () => {
    await writeFile(`${databaseFile}.backup-partial`, 'half a database');
    const years = ['2024', '2025', '2026'];
    const names = years.map((year) => `slipstream.db.version-1-${year}-01-01T00-00-00-000Z`);
    for (const name of [...names, 'slipstream.db.version-1-mine']) await writeFile(join(dataDir, name), 'a copy');
    await (await openEmbeddedStore({ dataDir })).close();
    const left = await copies();
    expect(left).toHaveLength(3);
    expect(left).toEqual(expect.arrayContaining(['slipstream.db.version-1-mine', names[2]]));
  });

  it('stays what it is when no copy can be made', async () => {
    await mkdir(`${databaseFile}.backup-partial`);
    await expect(openEmbeddedStore({ dataDir })).rejects.toThrow();
    expect(versionOf()).toBe(1);
  });

  it('that is new is not copied', async () => {
    const fresh = join(dataDir, 'objects', 'fresh');
    await (await openEmbeddedStore({ dataDir: fresh })).close();
    expect((await readdir(fresh)).filter((name) => name.includes('version'))).toEqual([]);
  });

  it('stays what it is when a step fails', async () => {
    const connection = await Connection.open(databaseFile);
    const steps = [...SCHEMA_STEPS, 'CREATE TABLE half_done (n INTEGER); INSERT INTO no_such_table VALUES (1)'];
    await expect(migrate(connection, async () => 'a copy', steps)).rejects.toThrow('no_such_table');
    connection.close();
    expect(versionOf()).toBe(1);
    await (await openEmbeddedStore({ dataDir })).close();
    expect(versionOf()).toBe(SCHEMA_STEPS.length);
  });
});
