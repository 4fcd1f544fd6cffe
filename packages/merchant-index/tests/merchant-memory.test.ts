import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexRecords } from '@slipstream/records';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createLocalEmbedder,
  createMerchantMemory,
  initIndex,
  type MerchantMemory,
  openLanceStore,
  type VectorStore,
} from '../src/index.ts';

const embedder = createLocalEmbedder();
let folder = '';
let clock: FakeClock;
let records: MemoryRecordStore;
let indexRecords: IndexRecords;
let vectors: VectorStore;
let memory: MerchantMemory;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-memory-'));
  clock = new FakeClock();
  records = new MemoryRecordStore();
  indexRecords = new IndexRecords(records, clock);
  vectors = openLanceStore({ uri: folder });
  memory = createMerchantMemory({ embedder, vectors, collections: ['lines'], indexRecords, clock });
});
afterEach(async () => {
  await memory.close();
  rmSync(folder, { recursive: true });
});
const init = () => initIndex({ indexRecords, vectors, identity: embedder.identity, clock }, 'lines');

async function publishOneMore(): Promise<void> {
  const before = await indexRecords.snapshot('lines');
  const lease = await indexRecords.acquire('lines', 'test', { lease_ms: 1_000 });
  if (!before || !lease) throw new Error('nothing to publish');
  const writer = await vectors.openWriter('lines', embedder.identity);
  const [vector] = await embedder.embed(['COFFEE 3.50']);
  if (!vector) throw new Error('no vector');
  const key = { image_id: '7aee1585-a82d-57fe-b9e6-9ef48824255f', receipt_id: '00001' };
  const id = `${key.image_id}#${key.receipt_id}#${String(before.rows).padStart(5, '0')}`;
  const nobody = { merchant_id: null, phone: null, address_key: null };
  const { version } = await writer.merge([
    { ...key, ...nobody, id, revision: 1, deleted: false, merged_at: 0, vector, text: 'COFFEE' },
  ]);
  await writer.close();
  const { table, uri, rows, merges, optimised_at } = before;
  await indexRecords.publish(lease, before, { table, uri, version, rows: rows + 1, merges, optimised_at });
  await indexRecords.release(lease);
}

describe('the merchant memory', () => {
  it('is not made by being read: a missing index is an error with its remedy', async () => {
    await expect(memory.reader('lines')).rejects.toMatchObject({
      code: 'INDEX_MISSING',
      retry: 'later',
      message: expect.stringContaining('slipstream index init'),
    });
    expect(await indexRecords.snapshot('lines')).toBeNull();
  });

  it('opens the published version, and a newer one within a second of its publication', async () => {
    await init();
    const first = await memory.reader('lines');
    await publishOneMore();
    expect(await memory.reader('lines')).toBe(first);
    await clock.advance(1_001);
    const second = await memory.reader('lines');
    expect(await second.count()).toBe(1);
    // Who still searches the one before is not disturbed.
    expect(await first.count()).toBe(0);
  });

  it('many who ask at once open it once', async () => {
    await init();
    const readers = await Promise.all(Array.from({ length: 10 }, () => memory.reader('lines')));
    expect(new Set(readers).size).toBe(1);
  });

  it('looks again after an error', async () => {
    await expect(memory.reader('lines')).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    await init();
    expect(await (await memory.reader('lines')).count()).toBe(0);
  });

  it('init is safe to repeat and leaves what is there', async () => {
    expect(await init()).toMatchObject({ created: true });
    await publishOneMore();
    expect(await init()).toMatchObject({ created: false, snapshot: { rows: 1 } });
  });
});
