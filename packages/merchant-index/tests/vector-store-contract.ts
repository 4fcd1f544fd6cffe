import { randomUUID } from 'node:crypto';
import { isSlipstreamError } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type EmbeddingIdentity,
  type IndexReader,
  type IndexRow,
  type IndexWriter,
  indexRowId,
  type VectorStore,
} from '../src/index.ts';

export const IDENTITY: EmbeddingIdentity = { provider: 'local', dimensions: 8 };
const FIRST = '00001';

/** A vector of length 1 that points along one axis, and a little along the next. */
export function direction(axis: number, lean = 0): Float32Array {
  const vector = new Float32Array(IDENTITY.dimensions);
  vector[axis % IDENTITY.dimensions] = Math.sqrt(1 - lean * lean);
  vector[(axis + 1) % IDENTITY.dimensions] = lean;
  return vector;
}

export function row(image_id: string, place: number, change: Partial<IndexRow> = {}): IndexRow {
  const receipt = { image_id, receipt_id: FIRST };
  return {
    ...receipt,
    id: indexRowId(receipt, place),
    revision: 1,
    deleted: false,
    merged_at: 1_700_000_000_000,
    vector: direction(place),
    text: `row ${place}`,
    merchant_id: null,
    phone: null,
    address_key: null,
    ...change,
  };
}

function tombstone(image_id: string, place: number, revision: number, merged_at = 1_700_000_000_000): IndexRow {
  return row(image_id, place, {
    revision,
    merged_at,
    deleted: true,
    text: '',
    vector: new Float32Array(IDENTITY.dimensions),
  });
}

async function allRows(reader: IndexReader): Promise<IndexRow[]> {
  const rows: IndexRow[] = [];
  for await (const each of reader.rows()) rows.push(each);
  return rows.sort((one, other) => one.id.localeCompare(other.id));
}

async function codeOf(operation: Promise<unknown>): Promise<string> {
  const thrown = await operation.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  return isSlipstreamError(thrown) ? thrown.code : String(thrown);
}

/**
 * What every VectorStore does. `pinsVersions: false` for a store that only knows its newest state; `keepsPruned` for one
 * whose copies may have a version longer than its home.
 */
export function vectorStoreContract(
  name: string,
  openStore: () => Promise<{ store: VectorStore; close(): Promise<void> }>,
  { pinsVersions, keepsPruned = false }: { readonly pinsVersions: boolean; readonly keepsPruned?: boolean },
): void {
  describe(`${name} keeps the vector store's contract`, () => {
    const opened: (() => Promise<void>)[] = [];
    let store: VectorStore;
    let collection: string;
    let image: string;

    beforeEach(async () => {
      const made = await openStore();
      opened.push(() => made.close());
      store = made.store;
      collection = 'lines';
      image = randomUUID();
    });
    afterEach(async () => {
      for (const close of opened.splice(0).reverse()) await close();
    });

    const openWriter = async (): Promise<IndexWriter> => {
      const writer = await store.openWriter(collection, IDENTITY);
      opened.push(() => writer.close());
      return writer;
    };
    const openReader = async (version: number): Promise<IndexReader> => {
      const reader = await store.openReader(collection, IDENTITY, version);
      opened.push(() => reader.close());
      return reader;
    };
    const filled = async (rows: readonly IndexRow[]) => {
      await store.create(collection, IDENTITY);
      const writer = await openWriter();
      const { version } = await writer.merge(rows);
      return { writer, version };
    };

    it('nothing but create makes a collection', async () => {
      expect(await codeOf(store.openReader(collection, IDENTITY, 1))).toBe('INDEX_MISSING');
      expect(await codeOf(store.openWriter(collection, IDENTITY))).toBe('INDEX_MISSING');
      expect(await codeOf(store.openWriter(collection, IDENTITY))).toBe('INDEX_MISSING');
    });

    it('create is harmless when repeated, and says which call made the collection', async () => {
      const first = await store.create(collection, IDENTITY);
      const second = await store.create(collection, IDENTITY);
      expect([first.created, second.created]).toEqual([true, false]);
      expect(second.version).toBe(first.version);
    });

    it('drop removes a collection and no other, and is harmless when repeated', async () => {
      await store.create(collection, IDENTITY);
      await store.create(`${collection}-half`, IDENTITY);
      for (let n = 0; n < 2; n += 1) await store.drop(`${collection}-half`);
      expect(await codeOf(store.openWriter(`${collection}-half`, IDENTITY))).toBe('INDEX_MISSING');
      expect(await (await openWriter()).count()).toBe(0);
    });

    it('ten that create at once make one collection', async () => {
      const made = await Promise.all(Array.from({ length: 10 }, () => store.create(collection, IDENTITY)));
      expect(made.filter(({ created }) => created)).toHaveLength(1);
      expect(await (await openWriter()).count()).toBe(0);
    });

    it('another embedding is refused everywhere, and changes nothing', async () => {
      const { version } = await filled([row(image, 0)]);
      for (const other of [
        { ...IDENTITY, dimensions: 16 },
        { ...IDENTITY, provider: 'openai:text-embedding-3-small' },
      ]) {
        expect(await codeOf(store.create(collection, other))).toBe('INDEX_EMBEDDING_MISMATCH');
        expect(await codeOf(store.openReader(collection, other, version))).toBe('INDEX_EMBEDDING_MISMATCH');
        expect(await codeOf(store.openWriter(collection, other))).toBe('INDEX_EMBEDDING_MISMATCH');
      }
      expect(await (await openReader(version)).count()).toBe(1);
    });

    it('collections are apart', async () => {
      await filled([row(image, 0)]);
      await store.create('words', IDENTITY);
      const words = await store.openWriter('words', IDENTITY);
      opened.push(() => words.close());
      expect(await words.count()).toBe(0);
    });

    it('a row comes back as it was merged, with nulls and with text', async () => {
      const rows = [
        row(image, 0, {
          merchant_id: randomUUID(),
          phone: '+60123456789',
          address_key: 'lot 3|jalan ss2',
          text: 'Ünïcode £ 漢字',
        }),
        row(image, 1),
        tombstone(image, 2, 7),
      ];
      const { version, writer } = await filled(rows);
      expect(await allRows(await openReader(version))).toEqual(rows);
      const ofReceipt = await writer.rowsOf([{ image_id: image, receipt_id: FIRST }]);
      expect([...ofReceipt].sort((one, other) => one.id.localeCompare(other.id))).toEqual(rows);
    });

    it('the nearest come first, each vector for itself, with their cosine', async () => {
      const { version } = await filled(
        Array.from({ length: 8 }, (_, axis) => row(image, axis, { vector: direction(axis, 0.1) })),
      );
      const [toThird, toFifth] = await (await openReader(version)).search([direction(3), direction(5, 0.1)], {
        limit: 2,
      });
      expect(toThird?.map((hit) => hit.text)).toEqual(['row 3', 'row 2']);
      expect(toThird?.[0]?.similarity).toBeCloseTo(Math.sqrt(1 - 0.01), 4);
      expect(toThird?.[1]?.similarity).toBeCloseTo(0.1, 4);
      expect(toFifth?.[0]?.text).toBe('row 5');
      expect(toFifth?.[0]?.similarity).toBeCloseTo(1, 4);
    });

    it('a search of an empty collection finds nothing', async () => {
      const { version } = await store.create(collection, IDENTITY);
      expect(await (await openReader(version)).search([direction(0)], { limit: 5 })).toEqual([[]]);
    });

    it('a search that was called off says so', async () => {
      const { version } = await filled([row(image, 0)]);
      const reader = await openReader(version);
      await expect(
        reader.search([direction(0)], { limit: 1, signal: AbortSignal.abort(new Error('called off')) }),
      ).rejects.toThrow('called off');
    });

    it('a merge replaces a row by a higher revision, and only by a higher one', async () => {
      const { writer } = await filled([row(image, 0, { revision: 3, text: 'third' })]);
      expect(await writer.merge([row(image, 0, { revision: 2, text: 'second' })])).toMatchObject({
        inserted: 0,
        updated: 0,
      });
      expect(await writer.merge([row(image, 0, { revision: 3, text: 'other' })])).toMatchObject({
        inserted: 0,
        updated: 0,
      });
      const merged = await writer.merge([
        row(image, 0, { revision: 4, text: 'fourth' }),
        row(image, 1, { revision: 4 }),
      ]);
      expect(merged).toMatchObject({ inserted: 1, updated: 1 });
      const reader = await openReader(merged.version);
      expect((await allRows(reader)).map(({ text }) => text)).toEqual(['fourth', 'row 1']);
      expect(await reader.count()).toBe(2);
      expect(await writer.count()).toBe(2);
    });

    it('a search never finds a copy that a newer revision made void, however near it is', async () => {
      const { writer } = await filled(
        Array.from({ length: 30 }, (_, place) => row(image, place, { vector: direction(0) })),
      );
      const moved = Array.from({ length: 29 }, (_, place) => row(image, place, { revision: 2, vector: direction(4) }));
      const { version } = await writer.merge(moved);
      const [hits] = await (await openReader(version)).search([direction(0)], { limit: 3 });
      expect(hits?.map(({ id, revision }) => [id, revision])[0]).toEqual([row(image, 29).id, 1]);
      expect(hits?.slice(1).every(({ revision }) => revision === 2)).toBe(true);
    });

    it('a tombstone hides its row from search and count, stays in rows, and an older row does not revive it', async () => {
      const { writer } = await filled([row(image, 0), row(image, 1)]);
      await writer.merge([tombstone(image, 0, 5)]);
      const { version } = await writer.merge([row(image, 0, { revision: 4 })]);
      const reader = await openReader(version);
      const [hits] = await reader.search([direction(0)], { limit: 10 });
      expect(hits?.map(({ text }) => text)).toEqual(['row 1']);
      expect(await reader.count()).toBe(1);
      expect((await allRows(reader)).map(({ deleted, revision }) => [deleted, revision])).toEqual([
        [true, 5],
        [false, 1],
      ]);
    });

    it('a merge of nothing makes no version', async () => {
      const { writer, version } = await filled([row(image, 0)]);
      expect(await writer.merge([])).toEqual({ version, inserted: 0, updated: 0 });
      expect(await writer.version()).toBe(version);
    });

    it('rows are found by their receipt alone', async () => {
      const others = [randomUUID(), randomUUID()];
      const { writer } = await filled([row(image, 0), row(image, 1), ...others.map((other) => row(other, 0))]);
      const rows = await writer.rowsOf([
        { image_id: image, receipt_id: FIRST },
        { image_id: others[0] ?? '', receipt_id: FIRST },
        { image_id: randomUUID(), receipt_id: FIRST },
      ]);
      expect(rows.map(({ id }) => id).sort()).toEqual(
        [row(image, 0).id, row(image, 1).id, row(others[0] ?? '', 0).id].sort(),
      );
      expect(await writer.rowsOf([])).toEqual([]);
    });

    it('ids that would end a string or an expression are only ids', async () => {
      const hostile = [`' OR 1=1 --`, `"; DROP TABLE lines; --`, String.raw`\' OR deleted = false`, `%_'')`, `a'b''c`];
      const rows = hostile.map((image_id, place) => row(image_id, place));
      const { writer } = await filled([...rows, row(image, 7)]);
      const found = await writer.rowsOf(hostile.map((image_id) => ({ image_id, receipt_id: FIRST })));
      expect(found.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
      await writer.merge(rows.map((each) => ({ ...each, revision: 2, text: 'again' })));
      const { version } = await writer.removeDuplicates();
      const reader = await openReader(version);
      expect(await reader.count()).toBe(hostile.length + 1);
      expect((await allRows(reader)).filter(({ text }) => text === 'again')).toHaveLength(hostile.length);
    });

    it('a writer that opened long ago loses nothing of what another merged since, nor revives it', async () => {
      const { writer: frozen } = await filled([row(image, 0)]);
      const writer = await openWriter();
      await writer.merge([row(image, 0, { revision: 5, text: 'newest' }), row(image, 1, { revision: 5 })]);
      const { version } = await frozen.merge([
        row(image, 0, { revision: 2, text: 'stale' }),
        row(image, 2, { revision: 2 }),
      ]);
      const reader = await openReader(version);
      expect((await allRows(reader)).map(({ text }) => text)).toEqual(['newest', 'row 1', 'row 2']);
      expect(await reader.count()).toBe(3);
    });

    it('two writers that merge the same rows at once make one of each, for readers and after the duplicates are removed', async () => {
      await store.create(collection, IDENTITY);
      const writers = await Promise.all([openWriter(), openWriter(), openWriter()]);
      const rows = Array.from({ length: 20 }, (_, place) => row(image, place));
      const merged = await Promise.all(writers.map((writer) => writer.merge(rows)));
      const reader = await openReader(Math.max(...merged.map(({ version }) => version)));
      expect((await allRows(reader)).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      expect(await reader.count()).toBe(20);
      const [hits] = await reader.search([direction(0)], { limit: 20 });
      expect(new Set(hits?.map(({ id }) => id)).size).toBe(20);
      const [writer] = writers;
      if (writer === undefined) throw new Error('no writer');
      await writer.removeDuplicates();
      expect((await writer.removeDuplicates()).removed).toBe(0);
      expect(await writer.count()).toBe(20);
    });

    it('tombstones go once they are old, and only those; nothing comes back', async () => {
      const { writer } = await filled([row(image, 0), row(image, 1), row(image, 2)]);
      await writer.merge([tombstone(image, 0, 2, 1_000), tombstone(image, 1, 2, 9_000)]);
      const { removed, version } = await writer.purgeTombstones(5_000);
      expect(removed).toBe(1);
      const rows = await allRows(await openReader(version));
      expect(rows.map(({ id, deleted }) => [id, deleted])).toEqual([
        [row(image, 1).id, true],
        [row(image, 2).id, false],
      ]);
    });

    it('an optimised collection says the same', async () => {
      const { writer } = await filled([row(image, 0)]);
      for (let place = 1; place < 20; place++)
        await writer.merge([row(image, place), row(image, 0, { revision: place + 1 })]);
      await writer.merge([tombstone(image, 3, 9)]);
      const { version } = await writer.optimise({ pruneBefore: 0 });
      const reader = await openReader(version);
      const rows = await allRows(reader);
      expect(rows).toHaveLength(20);
      expect(rows[0]?.revision).toBe(20);
      expect(await reader.count()).toBe(19);
      expect((await writer.rowsOf([{ image_id: image, receipt_id: FIRST }])).length).toBe(20);
      expect(await writer.merge([row(image, 0, { revision: 20 })])).toMatchObject({ inserted: 0, updated: 0 });
    });

    it('an empty collection can be optimised, purged and rid of duplicates', async () => {
      await store.create(collection, IDENTITY);
      const writer = await openWriter();
      await writer.removeDuplicates();
      await writer.purgeTombstones(Date.now());
      const { version } = await writer.optimise({ pruneBefore: Date.now() });
      expect(await (await openReader(version)).count()).toBe(0);
    });

    it('ten readers read while a writer merges', async () => {
      const { writer, version } = await filled(Array.from({ length: 50 }, (_, place) => row(image, place)));
      const readers = await Promise.all(Array.from({ length: 10 }, () => openReader(version)));
      const merging = Promise.all([1, 2, 3].map((each) => writer.merge([row(randomUUID(), each)])));
      const answers = await Promise.all(readers.map((reader) => reader.search([direction(2)], { limit: 3 })));
      await merging;
      for (const [hits] of answers) expect(hits?.[0]?.similarity).toBeCloseTo(1, 4);
      expect(await writer.count()).toBe(53);
    });

    describe.runIf(pinsVersions)('and pins versions', () => {
      it('a reader stays at its version while newer ones are made', async () => {
        const { writer, version } = await filled([row(image, 0)]);
        const reader = await openReader(version);
        await writer.merge([row(image, 0, { revision: 2, text: 'changed' }), row(image, 1)]);
        await writer.optimise({ pruneBefore: 0 });
        expect((await allRows(reader)).map(({ text }) => text)).toEqual(['row 0']);
        expect(await reader.count()).toBe(1);
        expect((await reader.search([direction(1)], { limit: 5 }))[0]).toHaveLength(1);
        expect(reader.version).toBe(version);
      });

      it('pruning spares what is younger than the grace, and says so of what is gone', async () => {
        const { writer, version } = await filled([row(image, 0)]);
        const reader = await openReader(version);
        await writer.merge([row(image, 1)]);
        await writer.optimise({ pruneBefore: Date.now() - 3_600_000 });
        expect(await reader.count()).toBe(1);
        const { version: newest } = await writer.optimise({ pruneBefore: Date.now() + 3_600_000 });
        if (keepsPruned) expect(await (await openReader(version)).count()).toBe(1);
        else expect(await codeOf(store.openReader(collection, IDENTITY, version))).toBe('INDEX_VERSION_GONE');
        expect(await (await openReader(newest)).count()).toBe(2);
      });

      it('a version that never was is none', async () => {
        await filled([row(image, 0)]);
        expect(await codeOf(store.openReader(collection, IDENTITY, 9_999))).toBe('INDEX_VERSION_GONE');
      });
    });
  });
}
