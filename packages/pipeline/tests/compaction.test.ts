import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Collection,
  createLocalEmbedder,
  createMerchantMemory,
  initIndex,
  openLanceStore,
} from '@slipstream/merchant-index';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, type ReceiptRecord } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCompaction } from '../src/compaction/compaction.ts';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { createStreamProcessor } from '../src/stream-processor/stream-processor.ts';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
import { createSweeper } from '../src/sweeper/sweeper.ts';
import type { AllPorts } from '../src/work/all-ports.ts';
import type { BatchOutcome } from '../src/work/message-batch.ts';
import {
  CAFE,
  changesOf,
  context,
  openTestHome,
  png,
  publish,
  received,
  submit,
  type TestHome,
} from '../testing/test-home.ts';

const LIMITS = { bytesMax: 1_000_000, pixelsMax: 1_000_000 };
const COLLECTIONS: readonly Collection[] = ['lines'];

let home: TestHome;
let folder = '';
let ports: AllPorts;
beforeEach(async () => {
  home = await openTestHome();
  folder = await mkdtemp(join(tmpdir(), 'slipstream-index-'));
  const vectors = openLanceStore({ uri: folder });
  const embedder = createLocalEmbedder();
  await initIndex({ ...home, vectors, identity: embedder.identity }, 'lines');
  const { indexRecords, clock } = home;
  const memory = createMerchantMemory({ embedder, vectors, collections: COLLECTIONS, indexRecords, clock });
  ports = { ...home, merchantMemory: async () => memory };
});
afterEach(async () => {
  await (await ports.merchantMemory())?.close();
  await home.close();
  await rm(folder, { recursive: true });
});

/** From the photograph to the records. */
async function read(lines: readonly string[], name = 'one'): Promise<string> {
  const imageId = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(ports, LIMITS));
  await publish(home, imageId, lines);
  const { job_id } = (await home.jobs.current(imageId))?.job ?? { job_id: '' };
  await createProcessOcrResults(ports)([received('result', JSON.stringify({ image_id: imageId, job_id }))], context());
  return imageId;
}

let forwarded = 0;
/** What has changed since, as the stream hands it over. */
async function forward(): Promise<void> {
  const records = (await changesOf(home)).slice(forwarded);
  forwarded += records.length;
  await createStreamProcessor(ports, { collections: COLLECTIONS })(records, context());
}
beforeEach(() => {
  forwarded = 0;
});

const compact = (remainingMs = 600_000): Promise<BatchOutcome> =>
  home.drain(home.queues['compaction-queue'], (messages) => createCompaction(ports)(messages, context(remainingMs)));

async function indexed(): Promise<readonly { id: string; merchant_id: string | null; revision: number }[]> {
  await home.clock.advance(2_000);
  const reader = await (await ports.merchantMemory())?.reader('lines');
  if (!reader) throw new Error('no index');
  return (await Array.fromAsync(reader.rows())).filter((row) => !row.deleted);
}

async function receiptOf(imageId: string): Promise<ReceiptRecord> {
  const record = await home.receipts.get(imageId, '00001');
  if (!record) throw new Error('no receipt');
  return record;
}

describe('compaction', () => {
  it("brings a receipt's rows from its job into the index, and its run to MERGED", async () => {
    const imageId = await read(CAFE);
    await forward();
    expect(await compact()).toEqual({ retry: [] });
    const rows = await indexed();
    expect(rows).toHaveLength(CAFE.length);
    const record = await receiptOf(imageId);
    const run = await home.compactionRuns.get(imageId, record.run_id ?? '', 'lines');
    expect(run).toMatchObject({ status: 'MERGED', rows: CAFE.length, rows_merged: CAFE.length });
    expect(await home.indexRecords.snapshot('lines')).toMatchObject({ rows: CAFE.length, merges: 1 });
  });

  it('follows a merchant that changed, with the same vectors, and forwards nothing for a mere change of status', async () => {
    const imageId = await read(CAFE);
    await forward();
    await compact();
    const before = await receiptOf(imageId);
    await home.receipts.settle(before, 'VALID');
    await forward();
    expect((await home.queues['compaction-queue'].depth()).ready).toBe(0);
    const merchant_id = imageIdOf(sha256Hex(Buffer.from('another')));
    const { pk, sk } = before;
    await home.records.write({ kind: 'update', key: { pk, sk }, set: { merchant_id } });
    await forward();
    await compact();
    const rows = await indexed();
    expect(rows).toHaveLength(CAFE.length);
    expect(new Set(rows.map((row) => row.merchant_id))).toEqual(new Set([merchant_id]));
  });

  it('a receipt that a new job does not find any more is gone, and stays gone when its delta comes again', async () => {
    const imageId = await read(CAFE);
    await forward();
    const [delivery] = await home.queues['compaction-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 60_000 });
    await delivery?.release(0);
    await compact();
    await home.jobs.reprocess(imageId, 'again');
    await read([], 'one');
    await forward();
    await compact();
    expect(await indexed()).toHaveLength(0);
    await createCompaction(ports)([received('again', delivery?.body ?? '')], context(600_000));
    expect(await indexed()).toHaveLength(0);
  });

  it('gives its messages back while somebody else writes, and without an index', async () => {
    await read(CAFE);
    await forward();
    const lease = await home.indexRecords.acquire('lines', 'somebody else', { lease_ms: 60_000 });
    expect((await compact()).retry).toHaveLength(1);
    if (lease) await home.indexRecords.release(lease);
    const snapshot = await home.indexRecords.snapshot('lines');
    if (!snapshot) throw new Error('no snapshot');
    await home.records.write({ kind: 'delete', key: { pk: snapshot.pk, sk: snapshot.sk } });
    expect((await compact()).retry).toHaveLength(1);
    expect(await home.indexRecords.snapshot('lines')).toBeNull();
    expect((await home.queues['compaction-queue'].depth()).dead).toBe(0);
  });

  it('what is no message goes to the dead letters, and holds up nothing beside it', async () => {
    await read(CAFE);
    await forward();
    await home.queues['compaction-queue'].send(JSON.parse('{"kind":"delta","image_id":7}'));
    expect(await compact()).toEqual({ retry: [] });
    expect((await home.queues['compaction-queue'].dead.list({ limit: 10 })).items).toMatchObject([
      { reason: { code: 'MESSAGE_INVALID' } },
    ]);
    expect(await indexed()).toHaveLength(CAFE.length);
  });

  it('refuses a delta that is older than its lifetime, with the remedy in its run', async () => {
    const imageId = await read(CAFE);
    await forward();
    await home.clock.advance(29 * 86_400_000);
    const run_id = (await receiptOf(imageId)).run_id ?? '';
    const message = { kind: 'delta', image_id: imageId, receipt_id: '00001', collection: 'lines', revision: 1, run_id };
    await createCompaction(ports)([received('late', JSON.stringify(message))], context(600_000));
    const run = await home.compactionRuns.get(imageId, run_id, 'lines');
    expect(run).toMatchObject({ status: 'FAILED', reason_code: 'DELTA_EXPIRED' });
    expect(run?.reason_message).toContain('reprocess');
    expect(await indexed()).toHaveLength(0);
  });

  it('a run whose message was lost is sent again, and after the last time FAILED with what to do', async () => {
    const imageId = await read(CAFE);
    const run_id = (await receiptOf(imageId)).run_id ?? '';
    const run = () => home.compactionRuns.get(imageId, run_id, 'lines');
    const sweep = () => createSweeper(ports)(context());
    await home.clock.advance(600_000);
    expect(await sweep()).toMatchObject({ runs_sent: 1 });
    // It has just been sent: not again at once.
    expect(await sweep()).toMatchObject({ runs_sent: 0 });
    await compact();
    expect(await run()).toMatchObject({ status: 'MERGED', sweeps: 1 });
    expect(await indexed()).toHaveLength(CAFE.length);

    const second = await read(CAFE, 'two');
    const lost = (await receiptOf(second)).run_id ?? '';
    for (let round = 0; round < 14; round += 1) {
      await home.clock.advance(300_000 * 2 ** round);
      await sweep();
    }
    const given = await home.compactionRuns.get(second, lost, 'lines');
    expect(given).toMatchObject({ status: 'FAILED', reason_code: 'STALLED', sweeps: 12 });
    expect(given?.reason_message).toContain('slipstream index rebuild');
  });

  it('a receipt that is found again after it was gone begins above its first life', async () => {
    const imageId = await read(CAFE);
    await home.receipts.settle(await receiptOf(imageId), 'VALID');
    const { revision } = await receiptOf(imageId);
    await home.jobs.reprocess(imageId, 'again');
    await read([], 'one');
    expect(await home.receipts.get(imageId, '00001')).toBeNull();
    expect((await home.jobs.image(imageId))?.receipt_revision_floor).toBe(revision + 1);
    await home.jobs.reprocess(imageId, 'once more');
    await read(CAFE, 'one');
    expect((await receiptOf(imageId)).revision).toBe(revision + 2);
    await forward();
    for (let batch = 0; batch < 3; batch += 1) await compact();
    expect(await indexed()).toHaveLength(CAFE.length);
  });
});
