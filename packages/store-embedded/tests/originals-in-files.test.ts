import { mkdir, readdir, rename, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readAll } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, rawKey } from '@slipstream/shared';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore, recoverEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';
import { invariantFaults } from './invariants.ts';

const SMALL = Buffer.from('a photograph of few bytes');
const KEY = rawKey(imageIdOf(sha256Hex(SMALL)));

let dataDir = '';
beforeEach(async () => {
  dataDir = await makeDataDir();
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function withStore<T>(work: (store: Awaited<ReturnType<typeof openEmbeddedStore>>) => Promise<T>): Promise<T> {
  const store = await openEmbeddedStore({ dataDir });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('a small original', () => {
  it('comes back from its file when the database is lost', async () => {
    await withStore((store) => store.raw.put(KEY, SMALL));
    for (const name of ['', '-wal', '-shm']) await rm(join(dataDir, `slipstream.db${name}`), { force: true });
    const { store, report } = await recoverEmbeddedStore({ dataDir });
    expect(report.adopted).toEqual([KEY]);
    expect(await readAll(await store.raw.get(KEY), 1_000)).toEqual(SMALL);
    await store.close();
  });

  it('of an earlier version, in the database alone, gets a file', async () => {
    await withStore((store) => store.raw.put(KEY, SMALL));
    moveIntoDatabase(dataDir);
    await withStore(async (store) => {
      expect(await readAll(await store.raw.get(KEY), 1_000)).toEqual(SMALL);
      await store.maintain();
      expect(await readAll(await store.raw.get(KEY), 1_000)).toEqual(SMALL);
      expect((await store.queue('uploads-queue').depth()).ready).toBe(1); // announced when it came, and not again
    });
    expect(invariantFaults(dataDir)).toEqual([]);
    await truncate(join(dataDir, 'slipstream.db'), 0);
    const { store, report } = await recoverEmbeddedStore({ dataDir });
    expect(report.adopted).toEqual([KEY]);
    await store.close();
  });
});

describe.each([
  ['the folder of objects', 'objects'],
  ["the originals' folder", 'objects/slipstream-raw'],
])('a database whose files are elsewhere: %s', (_what, path) => {
  const put = () =>
    withStore(async (store) => {
      await store.raw.put(KEY, SMALL);
      await store.artifacts.put('ocr/a', SMALL);
    });

  it.each(['missing', 'empty'])('%s: it is refused with the way out, until it is put back', async (how) => {
    await put();
    const place = join(dataDir, path);
    await rename(place, `${dataDir}-elsewhere`);
    if (how === 'empty') await mkdir(place);
    const error = await expectError(openEmbeddedStore({ dataDir }), 'DATA_FOLDER_INVALID');
    expect(error.message).toContain('slipstream recover');
    await rm(place, { recursive: true, force: true });
    await rename(`${dataDir}-elsewhere`, place);
    expect(await withStore(async (store) => readAll(await store.raw.get(KEY), 1_000))).toEqual(SMALL);
  });

  it('recover goes on without them, keeps the database and names what is lost', async () => {
    await put();
    await rm(join(dataDir, path), { recursive: true });
    const { store, report } = await recoverEmbeddedStore({ dataDir });
    expect(report).toMatchObject({ database_set_aside: null, originals_lost: [KEY] });
    expect(await readAll(await store.artifacts.get('ocr/a'), 1_000)).toEqual(SMALL);
    await store.raw.put(KEY, SMALL, { ifAbsent: true });
    await store.close();
    await withStore(async ({ raw }) => expect(await raw.head(KEY)).not.toBeNull());
  });
});

it('single lost files are no reason to refuse the folder', async () => {
  await withStore((store) => store.raw.put(KEY, SMALL));
  const bucket = join(dataDir, 'objects', 'slipstream-raw');
  for (const day of await readdir(bucket))
    for (const file of await readdir(join(bucket, day))) await rm(join(bucket, day, file));
  await withStore(async ({ raw }) => expect(await raw.head(KEY)).toBeNull());
});

/** As a version did that kept small originals in the database. */
function moveIntoDatabase(folder: string): void {
  const database = new DatabaseSync(join(folder, 'slipstream.db'));
  const row = database.prepare("SELECT blob FROM objects WHERE bucket = 'slipstream-raw'").get();
  database.prepare('INSERT INTO small_blobs (blob, bytes) VALUES (?, ?)').run(String(row?.blob), SMALL);
  database.prepare("INSERT INTO discarded_blobs (bucket, blob) VALUES ('slipstream-raw', ?)").run(String(row?.blob));
  database.close();
}
