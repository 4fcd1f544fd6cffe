import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BENCH_IDENTITY, benchReceipts, queryVectors } from '../bench/bench-rows.ts';
import { exactNearest } from '../bench/exact-nearest.ts';
import { lanceModule } from '../src/index/lance/lance-module.ts';
import { type IndexWriter, openLanceStore, type VectorStore } from '../src/index.ts';
import { IDENTITY, row } from './vector-store-contract.ts';

let folder: string;
let store: VectorStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-maintenance-'));
  store = openLanceStore({ uri: folder });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const indexNames = async () => {
  const connection = await lanceModule().lance.connect(join(folder, 'index'));
  return (await (await connection.openTable('lines')).listIndices()).map(({ name }) => name).sort();
};
const fragments = async () => (await readdir(join(folder, 'index/lines.lance/data'))).length;

describe('maintenance of a LanceDB table', () => {
  it('a few merges into a big table do not have it written again; many do', async () => {
    await store.create('lines', IDENTITY);
    const writer = await store.openWriter('lines', IDENTITY);
    await writer.merge(Array.from({ length: 4_000 }, (_, place) => row(randomUUID(), place)));
    await writer.optimise({ pruneBefore: Date.now() + 60_000 });
    const merge = async (times: number) => {
      for (let each = 0; each < times; each++) await writer.merge([row(randomUUID(), each)]);
    };
    await merge(5);
    const before = await writer.version();
    expect((await writer.optimise({ pruneBefore: 0 })).version).toBe(before);
    await merge(30);
    expect(await fragments()).toBe(36);
    await writer.optimise({ pruneBefore: Date.now() + 60_000 });
    // LanceDB joins what no index covers yet apart from what one covers.
    expect(await fragments()).toBe(2);
    expect(await writer.count()).toBe(4_035);
  });

  it('what nobody can read any more goes within a day of its grace, however quiet the table is', async () => {
    await store.create('lines', IDENTITY);
    const writer = await store.openWriter('lines', IDENTITY);
    await writer.merge(Array.from({ length: 1_000 }, (_, place) => row(randomUUID(), place)));
    await writer.optimise({ pruneBefore: Date.now() + 60_000 });
    const old = await writer.version();
    await writer.merge([row(randomUUID(), 0)]);
    await writer.optimise({ pruneBefore: Date.now() + 60_000 });
    await (await store.openReader('lines', IDENTITY, old)).close();
    await writer.optimise({ pruneBefore: Date.now() + 86_500_000 });
    await expect(store.openReader('lines', IDENTITY, old)).rejects.toMatchObject({ code: 'INDEX_VERSION_GONE' });
    expect(await writer.count()).toBe(1_001);
  });

  it('from 10,000 rows on a vector index finds what comparing all rows finds, also of rows merged since', async () => {
    await store.create('lines', BENCH_IDENTITY);
    const writer = await store.openWriter('lines', BENCH_IDENTITY);
    await fill(writer, 12_000);
    const { version } = await writer.optimise({ pruneBefore: 0 });
    expect(await indexNames()).toEqual(['key_idx', 'vector_idx_1']);
    const queries = queryVectors(20, 12_000);
    const truth = await exactNearest(folder, version, queries);
    const reader = await store.openReader('lines', BENCH_IDENTITY, version);
    const found = await reader.search(queries, { limit: 3 });
    const right = found.filter((hits, at) => hits[0]?.id === truth[at]).length;
    expect(right).toBeGreaterThanOrEqual(19);
    const late = row(randomUUID(), 1, { vector: queries[0] ?? new Float32Array(256) });
    const merged = await writer.merge([late]);
    const newer = await store.openReader('lines', BENCH_IDENTITY, merged.version);
    const [hits] = await newer.search(queries.slice(0, 1), { limit: 1 });
    expect(hits?.[0]?.id).toBe(late.id);
    expect(hits?.[0]?.similarity).toBeCloseTo(1, 5);
  }, 60_000);
});

async function fill(writer: IndexWriter, rows: number): Promise<void> {
  await writer.merge([...benchReceipts(rows)].flat());
}
