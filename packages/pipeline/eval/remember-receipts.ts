import { createLocalEmbedder, createMerchantMemory, initIndex, openLanceStore } from '@slipstream/merchant-index';
import { putDocument } from '@slipstream/records';
import { createLogger, sha256Hex } from '@slipstream/runtime';
import {
  DEFAULT_OWNER,
  deltaMessage,
  imageIdOf,
  ocrDocumentKey,
  ocrDocumentSchema,
  rawKey,
  systemClock,
} from '@slipstream/shared';
import { openEmbeddedStore } from '@slipstream/store-embedded';
import { createCompaction } from '../src/compaction/compaction.ts';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { type AllPorts, allPorts } from '../src/work/all-ports.ts';
import type { Invocation } from '../src/work/invocation.ts';
import type { ReceivedMessage } from '../src/work/message-batch.ts';
import type { KeyedReceipt } from './keyed-receipts.ts';

export interface Remembered {
  readonly ports: AllPorts;
  /** The company that a merchant's receipts are of: of several, the one that most of them are of. */
  companyOf(merchantId: string): string | null;
  /** Merchants that were made. */
  readonly merchants: number;
  /** Receipts whose merchant somebody has to decide. */
  readonly unsure: number;
  close(): Promise<void>;
}

/** Deltas that wait while the next receipts are read: the index is behind, as it is in life. */
const DELTAS_PER_MERGE = 8;
const CONTEXT: Invocation = { request_id: 'eval', remainingMs: () => 600_000 };

/** Reads receipts one after the other through the functions themselves, into a home and an index in `folder`. */
export async function rememberReceipts(receipts: readonly KeyedReceipt[], folder: string): Promise<Remembered> {
  const store = await openEmbeddedStore({ dataDir: folder, clock: systemClock, uploadBaseUrl: 'http://127.0.0.1/put' });
  const embedder = createLocalEmbedder();
  const vectors = openLanceStore({ uri: folder });
  const logger = createLogger({ name: 'eval', level: 'error', destination: process.stderr });
  const bare = allPorts(store, { clock: systemClock, logger });
  const { indexRecords } = bare;
  await initIndex({ indexRecords, vectors, clock: systemClock, identity: embedder.identity }, 'lines');
  const memory = createMerchantMemory({
    embedder,
    vectors,
    collections: ['lines'],
    indexRecords,
    clock: systemClock,
  });
  const ports = { ...bare, merchantMemory: async () => memory };
  const process_results = createProcessOcrResults(ports);
  const compact = createCompaction(ports, { reserve_ms: 0 });
  const companies = new Map<string, Map<string, number>>();
  let unsure = 0;
  let waiting: string[] = [];
  const merge = async () => {
    const { retry } = await compact(messagesOf(waiting), CONTEXT);
    if (retry.length > 0) throw new Error(`${retry.length} deltas were not merged`);
    waiting = [];
  };
  for (const receipt of receipts) {
    const ids = await publish(ports, receipt);
    const { retry } = await process_results(messagesOf([JSON.stringify(ids)]), CONTEXT);
    if (retry.length > 0) throw new Error(`${receipt.id} was not processed`);
    const record = await ports.receipts.get(ids.image_id, '00001');
    if (record === null) continue;
    if (record.match_status === 'UNSURE') unsure += 1;
    if (record.merchant_id !== undefined) {
      const counts = companies.get(record.merchant_id) ?? new Map<string, number>();
      counts.set(receipt.truth, (counts.get(receipt.truth) ?? 0) + 1);
      companies.set(record.merchant_id, counts);
    }
    const run = record.run_id && (await ports.compactionRuns.get(ids.image_id, record.run_id, 'lines'));
    if (run) waiting.push(JSON.stringify(deltaMessage(run)));
    if (waiting.length >= DELTAS_PER_MERGE) await merge();
  }
  if (waiting.length > 0) await merge();
  return {
    ports,
    merchants: companies.size,
    unsure,
    companyOf: (merchantId) => mostOf(companies.get(merchantId)),
    close: async () => {
      await memory.close();
      await store.close();
    },
  };
}

async function publish(ports: AllPorts, { id, document }: KeyedReceipt) {
  const sha256 = sha256Hex(Buffer.from(id));
  const image_id = imageIdOf(sha256);
  await ports.jobs.create(
    { image_id, owner_id: DEFAULT_OWNER, s3_bucket: 'raw', s3_key: rawKey(image_id), size: 1, sha256 },
    id,
  );
  const current = await ports.jobs.current(image_id);
  if (current === null) throw new Error(`${id} has no job`);
  const claim = await ports.jobs.claim(image_id, current.job.job_id, {
    owner: 'eval',
    expires_at: Date.now() + 60_000,
  });
  if (claim.kind !== 'claimed') throw new Error(`the job of ${id} is ${claim.kind}`);
  const key = ocrDocumentKey(image_id, claim.job.job_id, claim.job.attempt);
  await putDocument(ports.artifacts, key, ocrDocumentSchema, document);
  await ports.jobs.publish(claim.job, key);
  return { image_id, job_id: claim.job.job_id };
}

function messagesOf(bodies: readonly string[]): readonly ReceivedMessage[] {
  return bodies.map((body, i) => ({ id: String(i), body, receiveCount: 1, sentAt: Date.now(), correlationId: null }));
}

function mostOf(counts: ReadonlyMap<string, number> | undefined): string | null {
  const [most] = [...(counts ?? [])].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}
