/**
 * Bundled by `make-release.ts` with a release's own sources: opens a data folder as that release does, reads everything in
 * it by its schemas, and works on it. Usage: node use-folder.mjs FOLDER. One JSON object on standard output.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getDocument, Jobs, putDocument, Receipts } from '@slipstream/records';
import * as shared from '@slipstream/shared';
import { openEmbeddedStore } from '@slipstream/store-embedded';

const clock = shared.systemClock;

/** By the record's type; a type that this release does not know is left alone. */
const SCHEMAS: Readonly<Record<string, { safeParse(record: unknown): { success: boolean; error?: unknown } }>> = {
  IMAGE: shared.imageRecordSchema,
  UPLOAD: shared.uploadRecordSchema,
  UPLOAD_CLAIM: shared.uploadClaimRecordSchema,
  OCR_JOB: shared.ocrJobRecordSchema,
  OCR_ROUTING_DECISION: shared.routingRecordSchema,
  RECEIPT: shared.receiptRecordSchema,
  CALLER_RECEIPT: shared.callerReceiptRecordSchema,
  CALLER_IMAGE: shared.callerImageRecordSchema,
  MERCHANT: shared.merchantRecordSchema,
  MERCHANT_KEY: shared.merchantKeyRecordSchema,
  MERCHANT_RECEIPT: shared.merchantReceiptRecordSchema,
  COMPACTION_RUN: shared.compactionRunRecordSchema,
  SWEEP: shared.sweepPositionRecordSchema,
  CHANGE: shared.changeRecordSchema,
  CATEGORY: shared.categoryRecordSchema,
  RULE: shared.ruleRecordSchema,
};

function readRecords(dataDir: string) {
  const database = new DatabaseSync(join(dataDir, 'slipstream.db'), { readOnly: true });
  const rows = database.prepare('SELECT body FROM records').all();
  database.close();
  const read: string[] = [];
  const unknown: string[] = [];
  const faults: string[] = [];
  for (const { body } of rows) {
    const record = JSON.parse(String(body));
    const schema = SCHEMAS[record.type];
    const result = schema?.safeParse(record);
    if (result === undefined) unknown.push(record.type);
    else if (result.success) read.push(record.type);
    else faults.push(`${record.pk} ${record.sk}: ${String(result.error)}`);
  }
  const known = [...new Set(read)].sort();
  return { read: read.length, known, unknown: [...new Set(unknown)].sort(), faults };
}

async function work(dataDir: string) {
  const store = await openEmbeddedStore({ dataDir });
  const jobs = new Jobs(store.records, clock);
  const receipts = new Receipts(store.records, store.artifacts, jobs, clock);
  const reread: string[] = [];
  const listed = await receipts.list({ limit: 100 });
  for (const image_id of new Set(listed.items.map((record) => record.image_id))) {
    const records = await receipts.ofImage(image_id);
    const documents = await Promise.all(records.map((record) => receipts.document(record)));
    const before = await jobs.current(image_id);
    if (before?.job.status !== 'COMPLETED') continue;
    // Read again, and completed with what was read before.
    const { job_id } = await jobs.reprocess(image_id, 'upgrade');
    const claim = await jobs.claim(image_id, job_id, { owner: 'release', expires_at: clock.now() + 60_000 });
    if (claim.kind !== 'claimed') throw new Error(`the job is ${claim.kind}`);
    const key = shared.ocrDocumentKey(image_id, job_id, claim.job.attempt);
    const document = await getDocument(store.artifacts, before.job.document_key ?? '', shared.ocrDocumentSchema);
    await putDocument(store.artifacts, key, shared.ocrDocumentSchema, document);
    const published = await jobs.publish(claim.job, key);
    if (published === null) throw new Error('the job was not published');
    if ((await receipts.complete(published, documents)) !== 'completed') throw new Error('the job was not completed');
    for (const record of await receipts.ofImage(image_id)) await receipts.settle(record, 'NEEDS_REVIEW');
    reread.push(image_id);
  }
  const failed = await jobs.list('FAILED', { limit: 100 });
  const waiting = await store.queue('ocr-queue').depth();
  await store.close();
  return { receipts: listed.items.length, failed: failed.items.length, waiting: waiting.ready, reread };
}

const dataDir = process.argv[2] ?? '';
const records = readRecords(dataDir);
process.stdout.write(JSON.stringify({ ...records, ...(await work(dataDir)) }));
