import { glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAll } from '@slipstream/records';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EmbeddedStore, openEmbeddedStore } from '../src/index.ts';
import { SMALL_BLOB_BYTES_MAX } from '../src/objects/small-blobs.ts';
import { invariantFaults } from './invariants.ts';

let dataDir = '';
let store: EmbeddedStore;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'slipstream-small-'));
  store = await openEmbeddedStore({ dataDir });
});
afterEach(async () => {
  await store.close();
  expect(invariantFaults(dataDir)).toEqual([]);
  await rm(dataDir, { recursive: true });
});

const SMALL = Buffer.alloc(SMALL_BLOB_BYTES_MAX, 's');
const LARGE = Buffer.alloc(SMALL_BLOB_BYTES_MAX + 1, 'l');
const files = async () => {
  const entries = await Array.fromAsync(glob('objects/**', { cwd: dataDir, withFileTypes: true }));
  return entries.filter((entry) => entry.isFile()).length;
};
const read = async (range?: readonly [number, number]) =>
  readAll(await store.artifacts.get('a', range ? { range } : {}), LARGE.length);

it('a small object needs no file, a large one has one; both read back whole and in part', async () => {
  for (const [bytes, expectedFiles] of [
    [SMALL, 0],
    [LARGE, 1],
  ] as const) {
    await store.artifacts.put('a', bytes);
    expect(await files()).toBe(expectedFiles);
    expect(await read()).toEqual(bytes);
    expect(await read([1, 3])).toEqual(bytes.subarray(1, 4));
  }
});

it('a small one replaces a large one and the other way round, and nothing is left behind', async () => {
  for (const bytes of [LARGE, SMALL, LARGE, SMALL]) {
    expect(await store.artifacts.put('a', bytes)).toEqual({ created: true });
    expect(await read()).toEqual(bytes);
  }
  expect(await files()).toBe(0);
});

it('ifAbsent leaves a small object as it is', async () => {
  await store.artifacts.put('a', SMALL);
  const [first, second] = await Promise.all([
    store.artifacts.put('a', Buffer.from('other'), { ifAbsent: true }),
    store.artifacts.put('a', LARGE, { ifAbsent: true }),
  ]);
  expect([first, second]).toEqual([{ created: false }, { created: false }]);
  expect(await read()).toEqual(SMALL);
  expect(await files()).toBe(0);
});

it('an empty object is an object', async () => {
  await store.artifacts.put('a', new Uint8Array());
  expect(await read()).toEqual(Buffer.alloc(0));
  await store.artifacts.delete('a');
  expect(await store.artifacts.head('a')).toBeNull();
});
