import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeEventKey, parseMessage, uploadEventSchema } from '@slipstream/shared';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedStore } from '../src/index.ts';
import { makeDataDir, makeStoreHarness, type StoreHarness } from './harness.ts';

describe('objects in the raw bucket', () => {
  let harness: StoreHarness;
  const uploads = () => harness.store.queue('uploads-queue');
  const image = new Uint8Array([1, 2, 3]);
  /** Too large for the database: its bytes lie in a file. */
  const large = new Uint8Array(40_000);
  const eventKeys = async (): Promise<string[]> => {
    const deliveries = await uploads().receive({ max: 10, waitMs: 0, visibilityMs: 60_000 });
    const events = deliveries.map(({ body }) => parseMessage(uploadEventSchema, body));
    return events.flatMap(({ Records }) => Records.map(({ s3 }) => decodeEventKey(s3.object.key)));
  };

  beforeEach(async () => {
    harness = await makeStoreHarness({ rawBucket: 'my-receipts' });
  });
  afterEach(() => harness.dispose());

  it('are announced as S3 does it', async () => {
    await harness.store.raw.put('raw/1', image);
    const [delivery] = await uploads().receive({ max: 10, waitMs: 0, visibilityMs: 60_000 });
    expect(parseMessage(uploadEventSchema, delivery?.body ?? '')).toEqual({
      Records: [
        {
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          eventTime: new Date(harness.clock.now()).toISOString(),
          s3: { bucket: { name: 'my-receipts' }, object: { key: 'raw/1', size: 3 } },
        },
      ],
    });
  });

  it('are announced under keys of any characters', async () => {
    const keys = ['raw/a b+c', 'raw/é€𝄞', 'raw/100%25', "raw/!'()*~&=?#"];
    for (const key of keys) await harness.store.raw.put(key, image);
    expect(await eventKeys()).toEqual(keys);
  });

  it('are announced once a put, and not when the put changed nothing', async () => {
    await harness.store.raw.put('raw/1', image, { ifAbsent: true });
    await harness.store.raw.put('raw/1', image, { ifAbsent: true });
    await Promise.all(Array.from({ length: 5 }, () => harness.store.raw.put('raw/2', image, { ifAbsent: true })));
    await harness.store.raw.put('raw/1', image);
    expect((await eventKeys()).toSorted()).toEqual(['raw/1', 'raw/1', 'raw/2']);
  });

  it('are announced when they come by a signed upload', async () => {
    const sha256 = createHash('sha256').update(image).digest('hex');
    const request = await harness.store.raw.presignPut('raw/1', {
      size: 3,
      sha256,
      contentType: 'image/png',
      expiresS: 60,
    });
    expect(await harness.upload(request, image)).toBe(200);
    expect(await eventKeys()).toEqual(['raw/1']);
  });

  it('are not announced in the other bucket', async () => {
    await harness.store.artifacts.put('ocr/1', image);
    expect((await uploads().depth()).ready).toBe(0);
  });

  it('wake a receiver that waits', async () => {
    const waiting = uploads().receive({ max: 1, waitMs: 20_000, visibilityMs: 60_000 });
    await harness.advance(0);
    await harness.store.raw.put('raw/1', image);
    expect(await waiting).toHaveLength(1);
  });

  it('leave no file behind when they are replaced, deleted or refused', async () => {
    const { raw } = harness.store;
    await raw.put('raw/1', large);
    await raw.put('raw/1', large);
    await raw.put('raw/2', large);
    await raw.delete('raw/2');
    await Promise.all(Array.from({ length: 5 }, () => raw.put('raw/3', large, { ifAbsent: true })));
    const day = new Date(harness.clock.now()).toISOString().slice(0, 10);
    expect(await readdir(join(harness.dataDir, 'objects', 'my-receipts', day))).toHaveLength(2);
  });

  it('say so when their file is gone', async () => {
    await harness.store.raw.put('raw/1', large);
    await rm(join(harness.dataDir, 'objects', 'my-receipts'), { recursive: true });
    const error = await expectError(harness.store.raw.get('raw/1'), 'OBJECT_LOST');
    expect(error.message).toContain('raw/1');
  });

  it('fail to be put, and are not there, when their folder cannot be written', async () => {
    await rm(join(harness.dataDir, 'objects'), { recursive: true, force: true });
    await mkdir(join(harness.dataDir, 'objects', 'my-receipts'), { recursive: true });
    const day = new Date(harness.clock.now()).toISOString().slice(0, 10);
    await writeFile(join(harness.dataDir, 'objects', 'my-receipts', day), 'in the way');
    await expectError(harness.store.raw.put('raw/1', large), 'STORE_UNAVAILABLE');
    expect(await harness.store.raw.head('raw/1')).toBeNull();
    expect((await uploads().depth()).ready).toBe(0);
  });
});

describe('a signed upload', () => {
  const image = new Uint8Array([1, 2, 3]);
  const sha256 = createHash('sha256').update(image).digest('hex');
  const options = { size: 3, sha256, contentType: 'image/png', expiresS: 60 };

  it('is taken by every process that has the folder open', async () => {
    const { store, dataDir, clock, dispose } = await makeStoreHarness();
    const other = await openEmbeddedStore({ dataDir, clock, uploadBaseUrl: 'http://127.0.0.1:8080/uploads' });
    const { url, headers } = await store.raw.presignPut('raw/1', options);
    await other.acceptUpload(new Request(url, { method: 'PUT', headers, body: image }));
    expect(await store.raw.head('raw/1')).toMatchObject({ size: 3 });
    await other.close();
    await dispose();
  });

  it('is not taken by another folder, method, signature or address', async () => {
    const [first, second] = [await makeStoreHarness(), await makeStoreHarness()];
    const { url, headers } = await first.store.raw.presignPut('raw/1', options);
    const put = (target: string, method = 'PUT') => new Request(target, { method, headers, body: image });
    await expectError(second.store.acceptUpload(put(url)), 'REQUEST_INVALID');
    await expectError(first.store.acceptUpload(put(url, 'POST')), 'REQUEST_INVALID');
    await expectError(
      first.store.acceptUpload(put(url.replace(/signature=..../, 'signature=0000'))),
      'REQUEST_INVALID',
    );
    await expectError(first.store.acceptUpload(put(url.replace(/&signature=.*/, ''))), 'REQUEST_INVALID');
    await expectError(
      first.store.acceptUpload(put(url.replace(/expires=\d+/, 'expires=9999999999'))),
      'REQUEST_INVALID',
    );
    await expectError(first.store.acceptUpload(put(url.replace('/uploads/', '/'))), 'REQUEST_INVALID');
    await expectError(first.store.acceptUpload(put(url.replace('raw/1', 'raw/%ff'))), 'REQUEST_INVALID');
    await expectError(
      first.store.acceptUpload(put(url.replace('slipstream-raw', 'slipstream-artifacts'))),
      'REQUEST_INVALID',
    );
    await Promise.all([first.dispose(), second.dispose()]);
  });

  it('cannot be signed where no address is set', async () => {
    const dataDir = await makeDataDir();
    const store = await openEmbeddedStore({ dataDir });
    await expectError(store.raw.presignPut('raw/1', options), 'CONFIGURATION_INVALID');
    await store.close();
    await rm(dataDir, { recursive: true });
  });
});
