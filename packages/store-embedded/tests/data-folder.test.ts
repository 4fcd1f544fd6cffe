import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';

describe('a data folder', () => {
  let dataDir: string;
  const databaseFile = () => join(dataDir, 'slipstream.db');
  const withDatabase = (work: (database: DatabaseSync) => void) => {
    const database = new DatabaseSync(databaseFile());
    work(database);
    database.close();
  };

  beforeEach(async () => {
    dataDir = await makeDataDir();
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is made with its parents, for its owner only', async () => {
    const nested = join(dataDir, 'new', 'folder');
    await (await openEmbeddedStore({ dataDir: nested })).close();
    expect((await stat(nested)).mode & 0o777).toBe(0o700);
    expect((await stat(join(nested, 'upload-secret'))).mode & 0o777).toBe(0o600);
  });

  it('keeps what is in it when it is opened again', async () => {
    const key = { pk: 'IMAGE#1', sk: 'IMAGE' };
    const first = await openEmbeddedStore({ dataDir });
    await first.records.write({ kind: 'put', record: { ...key, type: 'IMAGE', revision: 1 } });
    await first.raw.put('raw/1', new Uint8Array(10));
    await first.close();
    const second = await openEmbeddedStore({ dataDir });
    expect(await second.records.get(key)).not.toBeNull();
    expect(await second.raw.head('raw/1')).not.toBeNull();
    expect((await second.queue('uploads-queue').depth()).ready).toBe(1);
    await second.close();
  });

  it('can be opened for the first time by several at once', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => openEmbeddedStore({ dataDir })));
    await Promise.all(stores.map((store, n) => store.queue('work-queue').send({ n })));
    expect((await stores[0]?.queue('work-queue').depth())?.ready).toBe(8);
    await Promise.all(stores.map((store) => store.close()));
    expect((await readdir(dataDir)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('is refused when it is a file', async () => {
    const file = join(dataDir, 'file');
    await writeFile(file, 'text');
    await expectError(openEmbeddedStore({ dataDir: file }), 'DATA_FOLDER_INVALID');
    await expectError(openEmbeddedStore({ dataDir: join(file, 'below') }), 'DATA_FOLDER_INVALID');
  });

  it.runIf(process.platform === 'linux')('is refused where nobody may write, not even root', async () => {
    const error = await expectError(openEmbeddedStore({ dataDir: '/sys/slipstream' }), 'DATA_FOLDER_INVALID');
    expect(error.message).toContain('/sys/slipstream');
  });

  it('is refused, and left alone, when it holds something else', async () => {
    await writeFile(join(dataDir, 'photograph.jpg'), 'image');
    await writeFile(join(dataDir, '.DS_Store'), 'hidden');
    await expectError(openEmbeddedStore({ dataDir }), 'DATA_FOLDER_INVALID');
    expect((await readdir(dataDir)).toSorted()).toEqual(['.DS_Store', 'photograph.jpg']);
  });

  it('is taken when it holds only hidden files', async () => {
    await writeFile(join(dataDir, '.DS_Store'), 'hidden');
    await (await openEmbeddedStore({ dataDir })).close();
  });

  it('is refused, and left alone, when its database is none', async () => {
    await writeFile(databaseFile(), 'this is no database, whatever its name says');
    await expectError(openEmbeddedStore({ dataDir }), 'DATA_FOLDER_INVALID');
    expect(await readFile(databaseFile(), 'utf8')).toBe('this is no database, whatever its name says');
  });

  it('is refused when its database is a folder', async () => {
    await mkdir(databaseFile());
    await expectError(openEmbeddedStore({ dataDir }), 'DATA_FOLDER_INVALID');
  });

  it('is refused when its database is of another program', async () => {
    withDatabase((database) => database.exec('CREATE TABLE bookmarks (url TEXT)'));
    await expectError(openEmbeddedStore({ dataDir }), 'DATA_FOLDER_INVALID');
    withDatabase((database) => {
      expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'bookmarks' }]);
    });
  });

  it('is refused, and left alone, when a newer Slipstream wrote it', async () => {
    await (await openEmbeddedStore({ dataDir })).close();
    withDatabase((database) => database.exec('PRAGMA user_version = 99'));
    const before = await readFile(databaseFile());
    const error = await expectError(openEmbeddedStore({ dataDir }), 'DATA_FOLDER_NEWER');
    expect(error.message).toMatch(/^[^.]*version 99[^.]*\.$/);
    expect((await readFile(databaseFile())).equals(before)).toBe(true);
  });

  it('is refused when its secret is damaged', async () => {
    await (await openEmbeddedStore({ dataDir })).close();
    await writeFile(join(dataDir, 'upload-secret'), 'short');
    await expectError(openEmbeddedStore({ dataDir }), 'DATA_FOLDER_INVALID');
  });

  it.each(['../../elsewhere', 'Upper', 'ab', 'a..b', '', 'with/slash'])(
    'takes no bucket called %j',
    async (rawBucket) => {
      await expectError(openEmbeddedStore({ dataDir, rawBucket }), 'CONFIGURATION_INVALID');
      await expectError(openEmbeddedStore({ dataDir, artifactsBucket: rawBucket }), 'CONFIGURATION_INVALID');
    },
  );

  it('wants a bucket each for images and for what is made of them', async () => {
    await expectError(
      openEmbeddedStore({ dataDir, rawBucket: 'one', artifactsBucket: 'one' }),
      'CONFIGURATION_INVALID',
    );
  });

  it('says that it is closed when it is', async () => {
    const store = await openEmbeddedStore({ dataDir });
    const [waiting, sending] = [
      store.queue('work-queue').receive({ max: 1, waitMs: 20_000, visibilityMs: 1_000 }),
      store.queue('other-queue').send({ n: 1 }),
    ];
    await Promise.all([store.close(), store.close()]);
    expect(await waiting).toEqual([]);
    await sending;
    await expectError(store.records.get({ pk: 'a', sk: 'b' }), 'STORE_UNAVAILABLE');
    await expectError(store.queue('work-queue').send({}), 'STORE_UNAVAILABLE');
    await expectError(store.raw.put('raw/1', new Uint8Array(40_000)), 'STORE_UNAVAILABLE');
    expect(await readdir(join(dataDir, 'objects', 'slipstream-raw', new Date().toISOString().slice(0, 10)))).toEqual(
      [],
    );
  });
});
