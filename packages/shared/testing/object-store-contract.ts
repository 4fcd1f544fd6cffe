import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OBJECT_KEY_BYTES_MAX, PRESIGN_EXPIRES_S_MAX } from '../src/ports/limits.ts';
import type { ObjectHead, ObjectStore, PresignedPut, PresignPutOptions } from '../src/ports/object-store.ts';
import type { Page } from '../src/ports/page.ts';
import { expectError } from './expect-error.ts';

/** A bucket for one test, empty. */
export interface ObjectStoreHarness {
  readonly store: ObjectStore;
  /** Sends the request as a client would; the answer's HTTP status. */
  upload(request: PresignedPut, body: Uint8Array): Promise<number>;
  /** Moves the home's clock, or waits. */
  advance(ms: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Every `ObjectStore` behaves so, on every home. */
export function describeObjectStoreContract(name: string, makeHarness: () => Promise<ObjectStoreHarness>): void {
  describe(`${name} keeps the contract of ObjectStore`, () => {
    let harness: ObjectStoreHarness;
    let store: ObjectStore;
    const bytes = (text: string) => new TextEncoder().encode(text);

    beforeEach(async () => {
      harness = await makeHarness();
      store = harness.store;
    });
    afterEach(() => harness.dispose());

    const read = async (key: string, range?: readonly [number, number]): Promise<string> => {
      const { body } = await store.get(key, range === undefined ? {} : { range });
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    const keysOf = async (prefix: string, limit = 1_000): Promise<string[]> => {
      const keys: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<ObjectHead> = await store.list({ prefix, limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        keys.push(...page.items.map(({ key }) => key));
        cursor = page.cursor;
      } while (cursor !== null);
      return keys;
    };

    it('gives back what was put', async () => {
      expect(await store.put('raw/1', bytes('hello'), { contentType: 'text/plain' })).toEqual({ created: true });
      const { key, size, modifiedAt, body } = await store.get('raw/1');
      expect({ key, size }).toEqual({ key: 'raw/1', size: 5 });
      expect(modifiedAt).toBeGreaterThan(0);
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe('hello');
      expect(await store.head('raw/1')).toEqual({ key: 'raw/1', size: 5, modifiedAt, metadata: {} });
    });

    it('keeps metadata with an object, and replaces them with it', async () => {
      const metadata = { owner: 'auth0%7C5f', 'made-by': 'a b' };
      await store.put('raw/1', bytes('hello'), { metadata });
      await store.put('raw/2', bytes('x'.repeat(100_000)), { metadata, ifAbsent: true });
      expect((await store.head('raw/1'))?.metadata).toEqual(metadata);
      expect((await store.head('raw/2'))?.metadata).toEqual(metadata);
      await store.put('raw/1', bytes('hello'), { metadata: { owner: 'other' }, ifAbsent: true });
      expect((await store.head('raw/1'))?.metadata).toEqual(metadata);
      await store.put('raw/1', bytes('hello'));
      expect((await store.head('raw/1'))?.metadata).toEqual({});
    });

    it('refuses metadata that no header carries unchanged', async () => {
      for (const metadata of [{ Owner: 'a' }, { owner: '' }, { owner: ' a' }, { owner: 'ä' }, { owner: 'a\nb' }]) {
        await expectError(store.put('raw/1', bytes('x'), { metadata }), 'REQUEST_INVALID');
      }
      await expectError(store.put('raw/1', bytes('x'), { metadata: { owner: 'a'.repeat(2_048) } }), 'LIMIT_EXCEEDED');
      expect(await store.head('raw/1')).toBeNull();
    });

    it('stores an object without bytes, and one of several megabytes', async () => {
      await store.put('empty', new Uint8Array());
      expect(await read('empty')).toBe('');
      const large = 'receipt!'.repeat(400_000);
      await store.put('large', bytes(large));
      expect((await read('large')) === large).toBe(true);
    });

    it('knows nothing of what was never put', async () => {
      await expectError(store.get('raw/1'), 'OBJECT_NOT_FOUND');
      expect(await store.head('raw/1')).toBeNull();
      expect((await store.list({ prefix: '', limit: 10 })).items).toEqual([]);
    });

    it('replaces an object', async () => {
      await store.put('raw/1', bytes('first'));
      expect(await store.put('raw/1', bytes('second'))).toEqual({ created: true });
      expect(await read('raw/1')).toBe('second');
      expect(await keysOf('')).toEqual(['raw/1']);
    });

    it('leaves an object alone that is there, when it asks for its absence', async () => {
      await store.put('raw/1', bytes('first'), { ifAbsent: true });
      expect(await store.put('raw/1', bytes('second'), { ifAbsent: true })).toEqual({ created: false });
      expect(await read('raw/1')).toBe('first');
    });

    it('creates an object once, however many try', async () => {
      const attempts = Array.from({ length: 8 }, (_, n) =>
        store.put('raw/1', bytes(`writer ${n}`), { ifAbsent: true }),
      );
      const created = (await Promise.all(attempts)).flatMap((outcome, n) => (outcome.created ? [n] : []));
      expect(created).toHaveLength(1);
      expect(await read('raw/1')).toBe(`writer ${created[0]}`);
    });

    it('creates an object again that was deleted', async () => {
      await store.put('raw/1', bytes('first'));
      await store.delete('raw/1');
      expect(await store.head('raw/1')).toBeNull();
      await expectError(store.get('raw/1'), 'OBJECT_NOT_FOUND');
      expect(await store.put('raw/1', bytes('second'), { ifAbsent: true })).toEqual({ created: true });
      expect(await read('raw/1')).toBe('second');
    });

    it('purges what begins with a prefix, with every earlier version, and nothing beside it', async () => {
      const [id, other] = ['0199a0b0-0000-7000-8000-000000000001', '0199a0b0-0000-7000-8000-000000000002'];
      for (const text of ['first', 'second']) await store.put(`raw/${id}`, bytes(text));
      await store.put(`raw/${id}.claim`, bytes('claimed'));
      await store.put(`raw/${other}`, bytes('other'));
      await store.delete(`raw/${id}.claim`);
      expect(await store.purge(`raw/${id}`)).toBeGreaterThanOrEqual(1);
      expect(await keysOf('raw/')).toEqual([`raw/${other}`]);
      expect(await store.purge(`raw/${id}`)).toBe(0);
      expect(await store.put(`raw/${id}`, bytes('again'), { ifAbsent: true })).toEqual({ created: true });
    });

    it('purges more than one page, and refuses a prefix of more than one image', async () => {
      const id = '0199a0b0-0000-7000-8000-000000000003';
      const keys = Array.from({ length: 1_005 }, (_, index) => `ocr/${id}/${index}`);
      for (let from = 0; from < keys.length; from += 50)
        await Promise.all(keys.slice(from, from + 50).map((key) => store.put(key, bytes('x'))));
      expect(await store.purge(`ocr/${id}/`)).toBe(keys.length);
      expect(await keysOf('ocr/')).toEqual([]);
      for (const prefix of ['', 'raw/', 'raw/0199a0b0']) await expectError(store.purge(prefix), 'REQUEST_INVALID');
    });

    it('takes the deletion of what is not there', async () => {
      await store.delete('raw/1');
    });

    it('reads a range, both ends included, cut off at the end', async () => {
      await store.put('raw/1', bytes('0123456789'));
      expect(await read('raw/1', [2, 4])).toBe('234');
      expect(await read('raw/1', [0, 0])).toBe('0');
      expect(await read('raw/1', [8, 100])).toBe('89');
      const { size, body } = await store.get('raw/1', { range: [9, 9] });
      for await (const chunk of body) expect(chunk.byteLength).toBe(1);
      expect(size).toBe(10);
    });

    it('refuses a range that the object does not have', async () => {
      await store.put('raw/1', bytes('0123456789'));
      await store.put('empty', new Uint8Array());
      await expectError(store.get('raw/1', { range: [10, 12] }), 'REQUEST_INVALID');
      await expectError(store.get('raw/1', { range: [4, 2] }), 'REQUEST_INVALID');
      await expectError(store.get('raw/1', { range: [-3, 2] }), 'REQUEST_INVALID');
      await expectError(store.get('empty', { range: [0, 0] }), 'REQUEST_INVALID');
    });

    it('does not begin a read that was called off', async () => {
      await store.put('raw/1', bytes('hello'));
      await expectError(store.get('raw/1', { signal: AbortSignal.abort() }), 'ABORTED');
    });

    it('goes on reading an object that is replaced or deleted meanwhile', async () => {
      const first = 'first!'.repeat(100_000);
      await store.put('raw/1', bytes(first));
      const { body } = await store.get('raw/1');
      await store.put('raw/1', bytes('second'));
      await store.delete('raw/1');
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString() === first).toBe(true);
    });

    it('keeps keys apart that a file system would mix up', async () => {
      const keys = [
        'a',
        'a/b',
        'A',
        'a/B/c',
        'é',
        'e\u0301',
        'con',
        'a b+c%20&?#',
        `long/${'x'.repeat(900)}`,
        '…/...',
        '.hidden',
        'tail.',
      ];
      for (const key of keys) await store.put(key, bytes(`object ${key}`), { ifAbsent: true });
      for (const key of keys) expect(await read(key)).toBe(`object ${key}`);
      expect((await keysOf('')).length).toBe(keys.length);
    });

    it('lists by prefix, in the order of UTF-8 bytes, page by page', async () => {
      const sorted = ['a', 'a/1', 'a/10', 'a/2', 'a0', 'b', 'é', '€', '\uff5e', '𝄞'];
      for (const key of sorted.toReversed()) await store.put(key, bytes(key));
      for (const limit of [1, 3, 10, 1_000]) expect(await keysOf('', limit)).toEqual(sorted);
      expect(await keysOf('a/', 2)).toEqual(['a/1', 'a/10', 'a/2']);
      expect(await keysOf('𝄞')).toEqual(['𝄞']);
      expect(await keysOf('nothing/')).toEqual([]);
    });

    it('refuses a listing’s cursor that is not its own, and limits out of range', async () => {
      for (const key of ['a/1', 'a/2', 'b/1']) await store.put(key, bytes(key));
      const { cursor } = await store.list({ prefix: 'a/', limit: 1 });
      expect(cursor).not.toBeNull();
      await expectError(store.list({ prefix: 'a/', limit: 1, cursor: 'x' }), 'CURSOR_INVALID');
      await expectError(store.list({ prefix: 'b/', limit: 1, cursor }), 'CURSOR_INVALID');
      await expectError(store.list({ prefix: '', limit: 0 }), 'REQUEST_INVALID');
      await expectError(store.list({ prefix: '', limit: 1_001 }), 'LIMIT_EXCEEDED');
    });

    const badKeys = [
      '',
      '/',
      '/a',
      'a/',
      'a//b',
      '..',
      'a/../b',
      './a',
      'a/.',
      'a\u0000b',
      'a\nb',
      'lone \ud800',
      '../../etc/passwd',
    ];
    it.each(badKeys)('refuses the key %j', async (key) => {
      const presign = { size: 1, sha256: '0'.repeat(64), contentType: 'image/png', expiresS: 60 };
      await expectError(store.put(key, bytes('x')), 'REQUEST_INVALID');
      await expectError(store.get(key), 'REQUEST_INVALID');
      await expectError(store.head(key), 'REQUEST_INVALID');
      await expectError(store.delete(key), 'REQUEST_INVALID');
      await expectError(store.presignPut(key, presign), 'REQUEST_INVALID');
    });

    it('takes the longest key and refuses a longer one', async () => {
      const key = 'é'.repeat(OBJECT_KEY_BYTES_MAX / 2);
      await store.put(key, bytes('x'));
      expect(await keysOf('')).toEqual([key]);
      await expectError(store.put(`${key}x`, bytes('x')), 'LIMIT_EXCEEDED');
    });

    describe('with a presigned PUT', () => {
      const image = bytes('these bytes');
      const options: PresignPutOptions = {
        size: image.byteLength,
        sha256: createHash('sha256').update(image).digest('hex'),
        contentType: 'image/jpeg',
        expiresS: 60,
      };
      const isRefused = (status: number) => status >= 400 && status < 500;

      it('stores exactly the signed bytes', async () => {
        const request = await store.presignPut('raw/a b+ü', options);
        expect(request.method).toBe('PUT');
        expect(await harness.upload(request, image)).toBe(200);
        expect(await read('raw/a b+ü')).toBe('these bytes');
      });

      it.each([
        { what: 'other bytes', body: 'other bytes' },
        { what: 'fewer bytes', body: 'these byte' },
        { what: 'more bytes', body: 'these bytes!' },
      ])('refuses $what, and stores nothing', async ({ body }) => {
        const request = await store.presignPut('raw/1', options);
        expect(await harness.upload(request, bytes(body)).then(isRefused)).toBe(true);
        expect(await store.head('raw/1')).toBeNull();
      });

      it('refuses a key that is taken', async () => {
        const request = await store.presignPut('raw/1', options);
        expect(await harness.upload(request, image)).toBe(200);
        await store.delete('raw/1');
        await store.put('raw/1', bytes('taken'));
        expect(await harness.upload(request, image).then(isRefused)).toBe(true);
        expect(await read('raw/1')).toBe('taken');
      });

      it.each(['content-type', 'if-none-match', 'x-amz-checksum-sha256'])(
        'refuses another %s than was signed',
        async (header) => {
          const { url, headers } = await store.presignPut('raw/1', options);
          const other = { ...headers, [header]: header === 'content-type' ? 'image/png' : 'AAAA' };
          expect(Object.keys(headers)).toContain(header);
          expect(await harness.upload({ method: 'PUT', url, headers: other }, image).then(isRefused)).toBe(true);
          expect(await store.head('raw/1')).toBeNull();
        },
      );

      it('refuses another key than was signed', async () => {
        const { url, headers } = await store.presignPut('raw/1', options);
        const other = url.replace('raw/1', 'raw/2');
        expect(other).not.toBe(url);
        expect(await harness.upload({ method: 'PUT', url: other, headers }, image).then(isRefused)).toBe(true);
        expect(await store.head('raw/2')).toBeNull();
      });

      it('refuses a URL whose time is over', async () => {
        const request = await store.presignPut('raw/1', { ...options, expiresS: 1 });
        await harness.advance(2_000);
        expect(await harness.upload(request, image).then(isRefused)).toBe(true);
        expect(await store.head('raw/1')).toBeNull();
      });

      it('signs nothing beyond the limits', async () => {
        await expectError(
          store.presignPut('raw/1', { ...options, expiresS: PRESIGN_EXPIRES_S_MAX + 1 }),
          'LIMIT_EXCEEDED',
        );
        await expectError(store.presignPut('raw/1', { ...options, expiresS: 0 }), 'REQUEST_INVALID');
        await expectError(store.presignPut('raw/1', { ...options, size: -1 }), 'REQUEST_INVALID');
        await expectError(store.presignPut('raw/1', { ...options, sha256: 'abc' }), 'REQUEST_INVALID');
      });
    });
  });
}
