import { copyFile, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, rawKey } from '@slipstream/shared';
import { expectError } from '@slipstream/shared/testing';
import { FakeClock } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedStore, openEmbeddedStore, recoverEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';

const HOUR_MS = 3_600_000;
const DATABASE_FILES = ['slipstream.db', 'slipstream.db-wal', 'slipstream.db-shm'];

/** Originals too large for the database, each of its own bytes. */
const original = (n: number) => new Uint8Array(40_000).fill(n + 1);
const keyOf = (n: number) => rawKey(imageIdOf(sha256Hex(original(n))));

describe('a database that lost rows of originals', () => {
  let dataDir: string;
  let clock: FakeClock;
  let store: EmbeddedStore | null = null;
  const open = async () => {
    store = await openEmbeddedStore({ dataDir, clock });
    return store;
  };
  const close = async () => {
    await store?.close();
    store = null;
  };
  const put = async (...numbers: readonly number[]) => {
    for (const n of numbers) await store?.raw.put(keyOf(n), original(n), { ifAbsent: true });
  };
  /** What waits for a second, on this clock. */
  const within = async <T>(work: Promise<T> | undefined) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await clock.advance(1_000);
    return work;
  };
  const bytesOf = async (n: number) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await store?.raw.get(keyOf(n)))?.body ?? []) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const originalFiles = async () => {
    const bucket = join(dataDir, 'objects', 'slipstream-raw');
    const days = await readdir(bucket);
    return (await Promise.all(days.map((day) => readdir(join(bucket, day))))).flat();
  };

  beforeEach(async () => {
    dataDir = await makeDataDir();
    clock = new FakeClock();
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  });

  describe.each([
    ['empty', (file: string) => truncate(file, 0)],
    ['gone', (file: string) => rm(file)],
    ['of zeros', async (file: string) => writeFile(file, new Uint8Array((await readFile(file)).byteLength))],
    ['torn', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 5_000))],
  ])('because it is %s', (_what, damage) => {
    it('is refused with the way out, and recovered from the originals', async () => {
      await put(0, 1, 2);
      await close();
      await damage(join(dataDir, 'slipstream.db'));
      const error = await expectError(openEmbeddedStore({ dataDir, clock }), 'DATA_FOLDER_INVALID').catch(() =>
        expectError(openEmbeddedStore({ dataDir, clock }), 'STORE_UNAVAILABLE'),
      );
      expect(error.message).toContain('slipstream recover');
      expect(await originalFiles()).toHaveLength(3);

      const recovered = await recoverEmbeddedStore({ dataDir, clock });
      store = recovered.store;
      expect(recovered.report.adopted.toSorted()).toEqual([keyOf(0), keyOf(1), keyOf(2)].toSorted());
      expect(recovered.report).toMatchObject({ duplicates: 0, set_aside: 0, unreadable: 0, originals_lost: [] });
      for (const n of [0, 1, 2]) expect(Buffer.compare(await bytesOf(n), original(n))).toBe(0);
      expect((await store.queue('uploads-queue').depth()).ready).toBe(3);
    });
  });

  it.each([
    ['all of its rows', ['folder', 'objects', 'records', 'messages', 'changes', 'queue_counts']],
    ['its rows but not its name', ['objects', 'records', 'messages', 'changes']],
  ])('that were %s is refused like a missing one, and recovered', async (_what, tables) => {
    await put(0, 1);
    await store?.records.write({ kind: 'put', record: { pk: 'P', sk: 'S', type: 'T', revision: 1 } });
    await close();
    const database = new DatabaseSync(join(dataDir, 'slipstream.db'));
    for (const table of tables) database.exec(`DELETE FROM ${table}`);
    database.close();
    await clock.advance(HOUR_MS + 1);
    const error = await expectError(openEmbeddedStore({ dataDir, clock }), 'DATA_FOLDER_INVALID');
    expect(error.message).toContain('slipstream recover');
    expect(await originalFiles()).toHaveLength(2);
    const recovered = await recoverEmbeddedStore({ dataDir, clock });
    store = recovered.store;
    expect(recovered.report.adopted.toSorted()).toEqual([keyOf(0), keyOf(1)].toSorted());
    for (const n of [0, 1]) expect(Buffer.compare(await bytesOf(n), original(n))).toBe(0);
    await close();
    await open();
  });

  it('of a new folder whose first put was killed before its row opens, and gets the original again', async () => {
    await put(0);
    await close();
    const database = new DatabaseSync(join(dataDir, 'slipstream.db'));
    for (const table of ['objects', 'messages', 'changes']) database.exec(`DELETE FROM ${table}`);
    database.close();
    await open();
    expect(await within(store?.unknownOriginals())).toMatchObject({ count: 1 });
    await clock.advance(HOUR_MS + 1);
    expect(await store?.maintain()).toMatchObject({ originals_adopted: 1 });
    expect(Buffer.compare(await bytesOf(0), original(0))).toBe(0);
  });

  it('is not taken for emptied when a person deleted everything', async () => {
    await put(0, 1);
    for (const n of [0, 1]) await store?.raw.delete(keyOf(n));
    await close();
    await clock.advance(HOUR_MS + 1);
    await open();
    expect(await store?.unknownOriginals()).toEqual({ count: 0, oldest_ms: null, isAtLeast: false });
  });

  it('is not taken for older while a put has its file and not its row yet', async () => {
    await put(0);
    const [name = ''] = await originalFiles();
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const folder = join(dataDir, 'objects', 'slipstream-raw', day);
    const twin = name.replace(/.$/, (last) => (last === 'f' ? 'e' : 'f'));
    await copyFile(join(folder, name), join(folder, twin));
    const looking = store?.unknownOriginals();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const database = new DatabaseSync(join(dataDir, 'slipstream.db'));
    database.prepare("INSERT INTO objects VALUES ('slipstream-raw', 'raw/twin', ?, 40000, NULL, 1)").run(twin);
    database.close();
    await clock.advance(1_000);
    expect(await looking).toMatchObject({ count: 0 });
  });

  it('keeps what recover could not use, under another name', async () => {
    await put(0);
    await close();
    await writeFile(join(dataDir, 'slipstream.db'), 'no database');
    const { store: recovered, report } = await recoverEmbeddedStore({ dataDir, clock });
    store = recovered;
    expect(await readFile(report.database_set_aside ?? '', 'utf8')).toBe('no database');
  });

  it('because an older copy was put back, gets them again from housekeeping, and says how many', async () => {
    await put(0, 1);
    await close();
    const copies = join(dataDir, '.copy');
    await mkdir(copies);
    await copyFile(join(dataDir, 'slipstream.db'), join(copies, 'slipstream.db'));
    await open();
    await put(2, 3, 4);
    await close();
    for (const file of DATABASE_FILES) await rm(join(dataDir, file), { force: true });
    await rename(join(copies, 'slipstream.db'), join(dataDir, 'slipstream.db'));

    const { maintain, raw, queue, unknownOriginals } = await open();
    expect(await raw.head(keyOf(2))).toBeNull();
    // At once, long before housekeeping takes them up.
    expect(await within(unknownOriginals())).toMatchObject({ count: 3, isAtLeast: false });
    await clock.advance(HOUR_MS + 1);
    expect(await maintain()).toMatchObject({ originals_adopted: 3, files_removed: 0, files_set_aside: 0 });
    expect(await originalFiles()).toHaveLength(5);
    for (const n of [0, 1, 2, 3, 4]) expect(Buffer.compare(await bytesOf(n), original(n))).toBe(0);
    expect((await queue('uploads-queue').depth()).ready).toBe(5);
    expect(await maintain()).toMatchObject({ originals_adopted: 0 });
    await clock.advance(60_000);
    expect(await unknownOriginals()).toMatchObject({ count: 0 });
  });

  it('because it is of another folder, is refused with the way out', async () => {
    await put(0);
    await close();
    const other = await makeDataDir();
    await (await openEmbeddedStore({ dataDir: other })).close();
    await copyFile(join(other, 'slipstream.db'), join(dataDir, 'slipstream.db'));
    await rm(other, { recursive: true });
    const error = await expectError(openEmbeddedStore({ dataDir, clock }), 'DATA_FOLDER_INVALID');
    expect(error.message).toContain('another data folder');
    const recovered = await recoverEmbeddedStore({ dataDir, clock });
    store = recovered.store;
    expect(recovered.report.adopted).toEqual([keyOf(0)]);
    await close();
    await open();
  });

  it('keeps one of two files with the same bytes', async () => {
    await put(0);
    const [file] = await originalFiles();
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const twin = String(file).replace(/.$/, (last) => (last === 'f' ? 'e' : 'f'));
    const folder = join(dataDir, 'objects', 'slipstream-raw', day);
    await copyFile(join(folder, String(file)), join(folder, twin));
    await clock.advance(HOUR_MS + 1);
    await store?.maintain();
    await store?.maintain();
    expect(await originalFiles()).toEqual([file]);
    expect(Buffer.compare(await bytesOf(0), original(0))).toBe(0);
  });

  it('takes the whole one of two files where the row names a damaged one', async () => {
    await put(0);
    const [file] = await originalFiles();
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    const folder = join(dataDir, 'objects', 'slipstream-raw', day);
    const twin = String(file).replace(/.$/, (last) => (last === 'f' ? 'e' : 'f'));
    await copyFile(join(folder, String(file)), join(folder, twin));
    await writeFile(join(folder, String(file)), new Uint8Array(40_000));
    await clock.advance(HOUR_MS + 1);
    expect(await store?.maintain()).toMatchObject({ originals_adopted: 1 });
    expect(Buffer.compare(await bytesOf(0), original(0))).toBe(0);
  });

  it('is left alone by recover when it is whole, and the lost originals are named', async () => {
    await put(0, 1);
    await store?.records.write({ kind: 'put', record: { pk: 'P', sk: 'S', type: 'T', revision: 1 } });
    const [file] = await originalFiles();
    await rm(
      join(dataDir, 'objects', 'slipstream-raw', new Date(clock.now()).toISOString().slice(0, 10), String(file)),
    );
    await close();
    const { store: recovered, report } = await recoverEmbeddedStore({ dataDir, clock });
    store = recovered;
    expect(report).toMatchObject({ database_set_aside: null, adopted: [] });
    expect(report.originals_lost).toHaveLength(1);
    expect(await recovered.records.get({ pk: 'P', sk: 'S' })).not.toBeNull();
  });
});
