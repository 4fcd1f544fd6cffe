import { copyFile, mkdir, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedStore, openEmbeddedStore } from '../src/index.ts';
import { EmbeddedObjectStore } from '../src/objects/embedded-object-store.ts';
import { makeDataDir } from './harness.ts';

describe('a data folder that changes while it is open', () => {
  let parent: string;
  let dataDir: string;
  let store: EmbeddedStore;

  beforeEach(async () => {
    parent = await makeDataDir();
    dataDir = join(parent, 'data');
    store = await openEmbeddedStore({ dataDir });
    await store.raw.put('raw/before', new Uint8Array(40_000));
  });
  afterEach(async () => {
    await store.close();
    await rm(parent, { recursive: true, force: true });
  });

  it.each([
    ['is removed', () => rm(dataDir, { recursive: true })],
    ['is moved away', () => rename(dataDir, join(parent, 'elsewhere'))],
    [
      'is exchanged for another',
      async () => {
        const other = join(parent, 'other');
        await (await openEmbeddedStore({ dataDir: other })).close();
        await rename(dataDir, join(parent, 'elsewhere'));
        await rename(other, dataDir);
      },
    ],
    ['loses its database', () => rm(join(dataDir, 'slipstream.db'))],
    ['loses its WAL', () => rm(join(dataDir, 'slipstream.db-wal'))],
    ['loses its objects', () => rm(join(dataDir, 'objects'), { recursive: true })],
    ['loses its originals', () => rm(join(dataDir, 'objects', 'slipstream-raw'), { recursive: true })],
    ['loses its documents', () => rm(join(dataDir, 'objects', 'slipstream-artifacts'), { recursive: true })],
    [
      'gets an empty folder in place of its originals',
      async () => {
        await rm(join(dataDir, 'objects', 'slipstream-raw'), { recursive: true });
        await mkdir(join(dataDir, 'objects', 'slipstream-raw'));
      },
    ],
    [
      'gets a copy in place of its database',
      async () => {
        await copyFile(join(dataDir, 'slipstream.db'), join(parent, 'copy.db'));
        await rename(join(parent, 'copy.db'), join(dataDir, 'slipstream.db'));
      },
    ],
    [
      'has its database cut short',
      async () => {
        await store.maintain();
        await store.records.write({ kind: 'put', record: { pk: 'P', sk: 'S', type: 'T', revision: 1 } });
        await truncate(join(dataDir, 'slipstream.db'), 0);
      },
    ],
    [
      'gets new objects',
      async () => {
        await rename(join(dataDir, 'objects'), join(parent, 'objects'));
        await mkdir(join(dataDir, 'objects'));
      },
    ],
  ])('that %s acknowledges nothing more, and says why', async (_what, change) => {
    await change();
    for (const bytes of [2_000, 40_000]) {
      await expectError(store.raw.put(`raw/${bytes}`, new Uint8Array(bytes)), 'STORE_UNAVAILABLE');
    }
    const error = await store.lost;
    expect(error.message).toContain(dataDir);
    await expectError(store.queue('work-queue').send({}), 'STORE_UNAVAILABLE');
    await expectError(store.raw.head('raw/before'), 'STORE_UNAVAILABLE');
  });

  it('is noticed by itself while nothing is written', async () => {
    await rm(dataDir, { recursive: true });
    expect((await store.lost).message).toContain('is gone');
  });

  it('leaves the folder that took its place alone when it is closed', async () => {
    const other = join(parent, 'other');
    const second = await openEmbeddedStore({ dataDir: other });
    await second.records.write({ kind: 'put', record: { pk: 'P', sk: 'S', type: 'T', revision: 1 } });
    await rename(dataDir, join(parent, 'elsewhere'));
    // As copied from a running one: with its WAL.
    await mkdir(dataDir);
    for (const name of ['slipstream.db', 'slipstream.db-wal']) await copyFile(join(other, name), join(dataDir, name));
    await second.close();
    await expectError(store.queue('work-queue').send({}), 'STORE_UNAVAILABLE');
    await store.close();
    const third = await openEmbeddedStore({ dataDir });
    expect(await third.records.get({ pk: 'P', sk: 'S' })).not.toBeNull();
    await third.close();
  });

  it('and loses the originals of one day, is noticed too, a new day is not', async () => {
    const originals = join(dataDir, 'objects', 'slipstream-raw');
    await mkdir(join(originals, '2001-01-01'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await store.raw.put('raw/after', new Uint8Array(40_000));
    await rm(join(originals, '2001-01-01'), { recursive: true });
    expect((await store.lost).message).toContain('2001-01-01 is gone');
    await expectError(store.raw.put('raw/later', new Uint8Array(40_000)), 'STORE_UNAVAILABLE');
  });

  it('acknowledges nothing whose day’s folder goes away while it is written', async () => {
    const [day = ''] = await readdir(join(dataDir, 'objects', 'slipstream-raw'));
    let acknowledged: unknown = null;
    const body = (async function* () {
      yield new Uint8Array(40_000);
      await rm(join(dataDir, 'objects', 'slipstream-raw', day), { recursive: true });
      yield new Uint8Array(40_000);
    })();
    if (!(store.raw instanceof EmbeddedObjectStore)) throw new Error('another store');
    await expectError(
      store.raw.putStream('raw/torn', body, { sizeMax: 100_000 }).then((put) => {
        acknowledged = put;
      }),
      'STORE_UNAVAILABLE',
    );
    expect(acknowledged).toBeNull();
  });

  it('is not mistaken for one that another process uses too', async () => {
    const other = await openEmbeddedStore({ dataDir });
    await other.raw.put('raw/other', new Uint8Array(40_000));
    await other.maintain();
    await other.close();
    await writeFile(join(dataDir, 'dev.json'), '{}');
    await store.raw.put('raw/after', new Uint8Array(40_000));
    expect(await store.raw.head('raw/other')).not.toBeNull();
  });
});
