import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHANGES_KEPT_MS } from '@slipstream/shared';
import { expectError } from '@slipstream/shared/testing';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../src/index.ts';
import { makeStoreHarness, type StoreHarness } from './harness.ts';

const HOUR_MS = 3_600_000;

describe('maintenance', () => {
  let harness: StoreHarness;
  const put = (sk: string, attributes: object = {}) =>
    harness.store.records.write({ kind: 'put', record: { pk: 'P', sk, type: 'T', revision: 1, ...attributes } });
  const nowS = () => Math.floor(harness.clock.now() / 1_000);

  beforeEach(async () => {
    harness = await makeStoreHarness();
  });
  afterEach(() => harness.dispose());

  it('finds nothing to do in a new folder', async () => {
    expect(await harness.store.maintain()).toEqual({
      messages_realigned: 0,
      changes_purged: 0,
      records_expired: 0,
      files_removed: 0,
      originals_adopted: 0,
      files_set_aside: 0,
    });
  });

  it('keeps changes for 24 hours, then removes them, and numbers go on', async () => {
    for (let n = 0; n < 1_100; n += 1) await put(`S#${n}`);
    await harness.store.records.saveCheckpoint('reader', '1101');
    await harness.advance(CHANGES_KEPT_MS);
    await put('late');
    expect((await harness.store.maintain()).changes_purged).toBe(0);
    await harness.advance(1);
    expect((await harness.store.maintain()).changes_purged).toBe(1_100);
    expect(await harness.store.records.changes({ after: null, limit: 10 })).toMatchObject([{ sequence: '1101' }]);
    await harness.advance(CHANGES_KEPT_MS + 1);
    expect((await harness.store.maintain()).changes_purged).toBe(1);
    await put('last');
    expect(await harness.store.records.changes({ after: '1101', limit: 10 })).toMatchObject([{ sequence: '1102' }]);
  });

  it('keeps changes that a reader has not read, however old a clock that jumped ahead makes them', async () => {
    for (let n = 0; n < 5; n += 1) await put(`S#${n}`);
    await harness.advance(100 * CHANGES_KEPT_MS);
    expect((await harness.store.maintain()).changes_purged).toBe(0);
    await harness.store.records.saveCheckpoint('quick', '5');
    await harness.store.records.saveCheckpoint('slow', '2');
    expect((await harness.store.maintain()).changes_purged).toBe(2);
    expect(await harness.store.records.changes({ after: '2', limit: 10 })).toHaveLength(3);
  });

  it('removes records whose time to live is over, and its change tells so', async () => {
    await put('expiring', { ttl: nowS() + 60 });
    await put('later', { ttl: nowS() + 3_600 });
    await put('text', { ttl: '1' });
    await put('lasting');
    const sequence = await harness.store.records.newestSequence();
    await harness.advance(60_000);
    expect((await harness.store.maintain()).records_expired).toBe(1);
    const { items } = await harness.store.records.query({ partition: 'P', limit: 10 });
    expect(items.map(({ sk }) => sk)).toEqual(['lasting', 'later', 'text']);
    expect(await harness.store.records.changes({ after: sequence, limit: 10 })).toMatchObject([
      { kind: 'REMOVE', key: { pk: 'P', sk: 'expiring' }, before: { type: 'T' }, after: null },
    ]);
  });

  it('goes by the newest time to live', async () => {
    await put('S', { ttl: nowS() + 60 });
    await harness.store.records.write({ kind: 'update', key: { pk: 'P', sk: 'S' }, remove: ['ttl'] });
    await harness.advance(HOUR_MS);
    expect((await harness.store.maintain()).records_expired).toBe(0);
  });

  describe('of files', () => {
    const dayDirectory = (bucket: string, ms: number) =>
      join(harness.dataDir, 'objects', bucket, new Date(ms).toISOString().slice(0, 10));
    const leaveBehind = async (bucket: string): Promise<void> => {
      const directory = dayDirectory(bucket, harness.clock.now());
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, `${uuidv7({ msecs: harness.clock.now() })}.part`), 'half of a rec');
    };

    const setAside = () => readdir(join(harness.dataDir, 'objects', 'lost+found'));

    it('moves aside after an hour what a dead process left half-written, and nothing else', async () => {
      await leaveBehind('slipstream-raw');
      await leaveBehind('slipstream-artifacts');
      await harness.store.raw.put('raw/1', new Uint8Array(10));
      await harness.advance(HOUR_MS);
      expect((await harness.store.maintain()).files_set_aside).toBe(0);
      await harness.advance(1);
      expect((await harness.store.maintain()).files_set_aside).toBe(2);
      expect(await setAside()).toHaveLength(2);
      for await (const chunk of (await harness.store.raw.get('raw/1')).body) expect(chunk.byteLength).toBe(10);
    });

    it('finds later what came later, and on another day', async () => {
      await harness.store.maintain();
      for (let day = 0; day < 3; day += 1) {
        await leaveBehind('slipstream-raw');
        await harness.advance(24 * HOUR_MS);
        expect((await harness.store.maintain()).files_set_aside).toBe(1);
      }
    });

    it('does it also for what was left before it was opened', async () => {
      await leaveBehind('slipstream-raw');
      await harness.advance(100 * 24 * HOUR_MS);
      const other = await openEmbeddedStore({ dataDir: harness.dataDir, clock: harness.clock });
      expect((await other.maintain()).files_set_aside).toBe(1);
      expect((await other.maintain()).files_set_aside).toBe(0);
      await other.close();
    });

    it('is noticed by a put that slept for longer, which fails instead of losing its bytes', async () => {
      const image = new Uint8Array([1, 2, 3]);
      const sha256 = createHash('sha256').update(image).digest('hex');
      const options = { size: 3, sha256, contentType: 'image/png', expiresS: 600 };
      const { url, headers } = await harness.store.raw.presignPut('raw/1', options);
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      const request = new Request(url, { method: 'PUT', headers, body: readable, duplex: 'half' });
      const upload = expectError(harness.store.acceptUpload(request), 'STORE_UNAVAILABLE');
      await writer.write(image);
      await harness.advance(2 * HOUR_MS);
      expect((await harness.store.maintain()).files_set_aside).toBe(1);
      await writer.close();
      expect((await upload).message).toContain('put it again');
      expect(await harness.store.raw.head('raw/1')).toBeNull();
      expect((await harness.store.queue('uploads-queue').depth()).ready).toBe(0);
    });

    it('removes what was deleted, also when its process died before its file was gone', async () => {
      const image = new Uint8Array(40_000);
      await harness.store.raw.put('raw/1', image);
      const [file] = await readdir(dayDirectory('slipstream-raw', harness.clock.now()));
      const path = join(dayDirectory('slipstream-raw', harness.clock.now()), String(file));
      await harness.store.raw.delete('raw/1');
      await writeFile(path, image);
      await harness.advance(2 * HOUR_MS);
      expect(await harness.store.maintain()).toMatchObject({ files_removed: 1, originals_adopted: 0 });
      expect(await harness.store.maintain()).toMatchObject({ files_removed: 0, originals_adopted: 0 });
      expect(await readdir(dayDirectory('slipstream-raw', harness.clock.now()))).toEqual([]);
    });

    it('leaves files alone that are none of ours', async () => {
      const directory = dayDirectory('slipstream-raw', harness.clock.now());
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, '.DS_Store'), 'hidden');
      await writeFile(join(harness.dataDir, 'objects', 'slipstream-raw', 'notes.txt'), 'text');
      await harness.advance(48 * HOUR_MS);
      expect(await harness.store.maintain()).toMatchObject({ files_removed: 0, files_set_aside: 0 });
      expect(await readdir(directory)).toEqual(['.DS_Store']);
    });
  });

  it('is safe in several processes at once', async () => {
    for (let n = 0; n < 600; n += 1) await put(`S#${n}`, { ttl: nowS() + 1 });
    await harness.store.records.saveCheckpoint('reader', '600');
    await harness.advance(CHANGES_KEPT_MS + 1);
    const other = await openEmbeddedStore({ dataDir: harness.dataDir, clock: harness.clock });
    const reports = await Promise.all([harness.store.maintain(), other.maintain(), harness.store.maintain()]);
    expect(reports.reduce((sum, report) => sum + report.records_expired, 0)).toBe(600);
    expect(reports.reduce((sum, report) => sum + report.changes_purged, 0)).toBe(600);
    await other.close();
  });
});
