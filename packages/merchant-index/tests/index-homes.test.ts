import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { S3ObjectStore } from '@slipstream/store-aws';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CopyingStore } from '../src/index/homes/copying-store.ts';
import { folderTableFiles } from '../src/index/homes/table-files.ts';
import { type IndexReader, moveIndex, openIndexStore, openLanceStore, type VectorStore } from '../src/index.ts';
import { startDistantStore } from '../testing/object-server/distant-store.ts';
import { direction, IDENTITY, row, vectorStoreContract } from './vector-store-contract.ts';

const quiet = { info: () => undefined, warn: () => undefined };
let folder: string;
let distant: Awaited<ReturnType<typeof startDistantStore>>;
let objects: S3ObjectStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-homes-'));
  distant = await startDistantStore({ folder, latency_ms: 0 });
  objects = new S3ObjectStore('bench', {
    endpoint: distant.storageOptions.aws_endpoint ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  await distant.close();
  await rm(folder, { recursive: true, force: true });
});

vectorStoreContract(
  'LanceDB over the S3 protocol, with copies',
  async () => {
    const copies = join(folder, `copies-${randomUUID()}`);
    const prefix = randomUUID();
    const home = openLanceStore({ uri: `s3://bench/${prefix}`, storageOptions: distant.storageOptions });
    const { objectTableFiles } = await import('../src/index/homes/table-files.ts');
    const filesOf = (table: string) => objectTableFiles(objects, `${prefix}/index/${table}.lance/`);
    const store = new CopyingStore({ home, filesOf, folder: copies, logger: quiet });
    return { store, close: () => store.close() };
  },
  { pinsVersions: true, keepsPruned: true },
);

describe('storage modes', () => {
  let mount: string;
  let published: string | null;
  beforeEach(async () => {
    mount = await mkdtemp(join(folder, 'mount-'));
    published = null;
    await rm(join(distant.bucketFolder, 'index'), { recursive: true, force: true });
  });
  const open = (mode: 's3' | 'efs' | 'auto', options: { mount?: string | null; copies?: string | null } = {}) =>
    openIndexStore({
      mode,
      objects,
      storageOptions: distant.storageOptions,
      mount: options.mount === undefined ? mount : options.mount,
      copies: options.copies ?? null,
      publishedUri: async () => published,
      logger: quiet,
    });

  it('s3 and auto make a collection in the bucket, efs on the mount', () => {
    expect(open('s3').uri('lines')).toBe('s3://bench/index/lines.lance');
    expect(open('auto').uri('lines')).toBe('s3://bench/index/lines.lance');
    expect(open('efs').uri('lines')).toBe(`${pathToFileURL(mount).href}/index/lines.lance`);
  });

  it('efs without a mount is a mistake of the configuration', () => {
    expect(() => open('efs', { mount: null })).toThrow(/INDEX_MOUNT_PATH/);
  });

  it.each(['s3', 'efs'] as const)(
    'functions of every mode write and read the one home that was published on %s',
    async (mode) => {
      const first = open(mode);
      await first.create('lines', IDENTITY);
      published = first.uri('lines');
      const image = randomUUID();
      const stores = [first, open('s3'), open('efs'), open('auto'), open('s3', { copies: join(folder, randomUUID()) })];
      for (const [place, store] of stores.entries()) {
        const writer = await store.openWriter('lines', IDENTITY);
        const { version } = await writer.merge([row(image, place)]);
        for (const reading of stores) {
          const reader = await reading.openReader('lines', IDENTITY, version);
          expect(await reader.count()).toBe(place + 1);
          expect((await reader.search([direction(place)], { limit: 1 }))[0]?.[0]?.text).toBe(`row ${place}`);
          await reader.close();
        }
        await writer.close();
      }
      for (const store of stores) await store.close();
    },
  );

  it('a home on a mount that this function does not have is an error, never an empty index', async () => {
    published = `${pathToFileURL(join(folder, 'nowhere')).href}/index/lines.lance`;
    await expect(open('s3').openWriter('lines', IDENTITY)).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
    await expect(open('auto').openReader('lines', IDENTITY, 1)).rejects.toMatchObject({ code: 'INDEX_UNAVAILABLE' });
  });

  it('a copy of one home never stands in for another home of the same version', async () => {
    const copies = join(folder, randomUUID());
    const store = open('s3', { copies });
    const homes = { s3: open('s3').uri('lines'), efs: open('efs').uri('lines') };
    for (const [place, mode] of (['s3', 'efs'] as const).entries()) {
      published = homes[mode];
      const making = open(mode);
      await making.create('lines', IDENTITY);
      const writer = await making.openWriter('lines', IDENTITY);
      const { version } = await writer.merge([row(randomUUID(), place)]);
      const reader = await store.openReader('lines', IDENTITY, version);
      const [hits] = await reader.search([direction(place)], { limit: 1 });
      expect(hits?.[0]?.text).toBe(`row ${place}`);
      await reader.close();
      await making.close();
    }
    await store.close();
  });

  it('auto keeps the copy on the mount, for every function that has it; a newer version costs only its new files', async () => {
    const store = open('auto');
    await store.create('lines', IDENTITY);
    published = store.uri('lines');
    const writer = await store.openWriter('lines', IDENTITY);
    const image = randomUUID();
    const { version } = await writer.merge([row(image, 0)]);
    await (await store.openReader('lines', IDENTITY, version)).close();
    const [home = ''] = await readdir(join(mount, 'copies'));
    const data = join(mount, 'copies', home, 'index/lines.lance/data');
    expect(await readdir(data)).toHaveLength(1);
    const next = await writer.merge([row(image, 1)]);
    await distant.takeTraffic();
    const reader = await store.openReader('lines', IDENTITY, next.version);
    const { bytes_read } = await distant.takeTraffic();
    expect(await readdir(data)).toHaveLength(2);
    expect(bytes_read).toBeLessThan(20_000);
    expect(await reader.count()).toBe(2);
    expect((await distant.takeTraffic()).requests).toEqual({});
    await store.close();
  });
});

describe('a mount that becomes slow in mid-run', () => {
  it('loses no row: readers go on from the home, and every merge is there', async () => {
    const home = openLanceStore({ uri: join(folder, 'slow-home') });
    const copies = join(folder, 'slow-copies');
    let delay_ms = 0;
    let reads = 0;
    const slow = slowed(openLanceStore({ uri: copies }), async () => {
      reads++;
      await wait(delay_ms);
    });
    const filesOf = (table: string) => folderTableFiles(join(folder, 'slow-home/index', `${table}.lance`));
    const store = new CopyingStore({
      home,
      filesOf,
      folder: copies,
      copies: slow,
      answer_within_ms: 400,
      logger: quiet,
    });
    await store.create('lines', IDENTITY);
    const writer = await store.openWriter('lines', IDENTITY);
    const image = randomUUID();
    let reader: IndexReader | null = null;
    for (let place = 0; place < 12; place++) {
      if (place === 4) delay_ms = 20_000;
      const { version } = await writer.merge([row(image, place)]);
      // A reader that was opened while the mount was quick goes on with the version that it has.
      if (reader) expect(await reader.count()).toBe(place);
      await reader?.close();
      reader = place < 6 || place > 10 ? await store.openReader('lines', IDENTITY, version) : null;
      if (reader) expect((await reader.search([direction(place)], { limit: 20 }))[0]).toHaveLength(place + 1);
    }
    expect(reads).toBeGreaterThan(8);
    expect(await writer.count()).toBe(12);
    await reader?.close();
    await home.close();
  }, 30_000);
});

describe('moving an index', () => {
  it('copies every row, compares, and names the new home; what it left can be repeated', async () => {
    const from = openLanceStore({ uri: join(folder, 'move-from') });
    const to = openLanceStore({ uri: 's3://bench/moved', storageOptions: distant.storageOptions });
    await from.create('lines', IDENTITY);
    const writer = await from.openWriter('lines', IDENTITY);
    const images = [randomUUID(), randomUUID()];
    await writer.merge(images.flatMap((image) => Array.from({ length: 8 }, (_, place) => row(image, place))));
    const { version } = await writer.merge([row(images[0] ?? '', 0, { revision: 2, text: 'newer' })]);
    const options = { table: 'lines', identity: IDENTITY, version, from, to, assertHeld: async () => undefined };
    let checks = 0;
    const lost = async () => {
      if (++checks > 1) throw new Error('the lease is lost');
    };
    await expect(moveIndex({ ...options, assertHeld: lost })).rejects.toThrow('the lease is lost');
    const moved = await moveIndex(options);
    expect(moved).toMatchObject({ uri: 's3://bench/moved/index/lines.lance', rows: 16 });
    const reader = await to.openReader('lines', IDENTITY, moved.version);
    const texts: string[] = [];
    for await (const each of reader.rows()) texts.push(each.text);
    expect(texts.filter((text) => text === 'newer')).toHaveLength(1);
    await expect(moveIndex({ ...options, to: from })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('switches nothing when the copy is not the same', async () => {
    const from = openLanceStore({ uri: join(folder, 'differ-from') });
    const to = openLanceStore({ uri: join(folder, 'differ-to') });
    await from.create('lines', IDENTITY);
    await to.create('lines', IDENTITY);
    const image = randomUUID();
    const { version } = await (await from.openWriter('lines', IDENTITY)).merge([row(image, 0)]);
    await (await to.openWriter('lines', IDENTITY)).merge([row(randomUUID(), 5)]);
    const options = { table: 'lines', identity: IDENTITY, version, from, to, assertHeld: async () => undefined };
    await expect(moveIndex(options)).rejects.toThrow(/not the same/);
  });
});

/** A store whose readers take `before` each time, as files on a mount do. */
function slowed(store: VectorStore, before: () => Promise<void>): VectorStore {
  return {
    uri: (table) => store.uri(table),
    create: (table, identity) => store.create(table, identity),
    openWriter: (table, identity) => store.openWriter(table, identity),
    drop: (table) => store.drop(table),
    close: () => store.close(),
    openReader: async (table, identity, version) => {
      await before();
      const reader = await store.openReader(table, identity, version);
      return {
        version,
        search: async (vectors, options) => {
          await before();
          return reader.search(vectors, options);
        },
        count: async () => {
          await before();
          return reader.count();
        },
        rows: () => reader.rows(),
        close: () => reader.close(),
      };
    },
  };
}
