import { setTimeout as sleep } from 'node:timers/promises';
import {
  DEPLOYED_QUEUE_NAMES,
  type OcrJobRecord,
  type ReceiptRecord,
  recordKeys,
  type StoredRecord,
} from '@slipstream/shared';
import { expect } from 'vitest';
import type { LocalCloud } from './local-cloud.ts';

/** A busy machine, a slow server, and one redelivery of each message. */
export const SETTLE_MS_MAX = 300_000;
/** Looks cost the server time that the programs need. */
const LOOK_MS = 500;

/** Waits until every image's job has ended and every receipt of it is validated. */
export async function untilSettled(cloud: LocalCloud, imageIds: readonly string[], limit_ms: number): Promise<void> {
  const end = Date.now() + limit_ms;
  for (;;) {
    const [completed, routed] = await Promise.all([
      imagesIn(cloud, 'OCR_JOB#COMPLETED'),
      imagesIn(cloud, 'ROUTING#COMPLETED'),
    ]);
    const open = imageIds.filter((imageId) => !completed.has(imageId) || !routed.has(imageId));
    if (open.length === 0) return;
    const failed = await imagesIn(cloud, 'OCR_JOB#FAILED');
    if (failed.size > 0 || Date.now() > end) expect.fail(await whatStandsStill(cloud, open));
    await sleep(LOOK_MS);
  }
}

async function imagesIn(cloud: LocalCloud, partition: string): Promise<ReadonlySet<string>> {
  const { items } = await cloud.store.records.query({ index: 'gsi1', partition, limit: 1_000 });
  return new Set(items.map(({ image_id }) => String(image_id)));
}

/** Nothing is on its way any more: what was sent twice has been taken twice. */
export async function untilQueuesAreEmpty(cloud: LocalCloud, limit_ms: number): Promise<void> {
  const end = Date.now() + limit_ms;
  for (;;) {
    const depths = await Promise.all(DEPLOYED_QUEUE_NAMES.map((name) => cloud.store.queue(name).depth()));
    if (depths.every(({ ready, inFlight, delayed }) => ready + inFlight + delayed === 0)) return;
    if (Date.now() > end) expect.fail(`not empty: ${JSON.stringify(depths)}\n${logEnd(cloud).join('\n')}`);
    await sleep(LOOK_MS);
  }
}

export async function expectNothingDead(cloud: LocalCloud): Promise<void> {
  for (const name of DEPLOYED_QUEUE_NAMES)
    expect((await cloud.store.queue(name).dead.list({ limit: 10 })).items, name).toEqual([]);
}

/** One COMPLETED job and one set of receipts, each validated once, whatever happened on the way. */
export async function expectOneOutcome(cloud: LocalCloud, imageId: string): Promise<readonly ReceiptRecord[]> {
  const records = await recordsOf(cloud, imageId);
  const jobs = records.filter(({ type }) => type === 'OCR_JOB');
  expect(jobs).toMatchObject([{ status: 'COMPLETED', generation: 1 }]);
  const jobId = String(jobs[0]?.job_id);
  expect(await cloud.receipts.routing(imageId, jobId)).toMatchObject({ status: 'COMPLETED' });

  const receipts = await cloud.receipts.ofImage(imageId);
  expect(receipts).toHaveLength(Number(jobs[0]?.receipt_count));
  for (const receipt of receipts) {
    // NEW was revision 1; the verdict is the only change since.
    expect(receipt).toMatchObject({ job_id: jobId, revision: 2 });
    expect(['VALID', 'NEEDS_REVIEW']).toContain(receipt.status);
    expect((await cloud.receipts.document(receipt)).image_id).toBe(imageId);
  }
  const stored = await cloud.store.artifacts.list({ prefix: `receipts/${imageId}/`, limit: 100 });
  // Writings that were refused, or lost with their function, lie beside until they are swept.
  expect(stored.items.map(({ key }) => key)).toEqual(
    expect.arrayContaining(receipts.map(({ object_key }) => object_key)),
  );
  return receipts;
}

async function recordsOf(cloud: LocalCloud, imageId: string): Promise<readonly StoredRecord[]> {
  const page = await cloud.store.records.query({ partition: recordKeys.image(imageId).pk, limit: 1_000 });
  expect(page.cursor).toBeNull();
  return page.items;
}

async function whatStandsStill(cloud: LocalCloud, imageIds: readonly string[]): Promise<string> {
  const jobs = await Promise.all(imageIds.map(async (imageId) => (await cloud.jobs.current(imageId))?.job ?? null));
  const lines = jobs.map((job: OcrJobRecord | null, index) =>
    job
      ? `${job.image_id} ${job.status} attempt ${job.attempt} ${job.reason_message ?? ''}`
      : `${imageIds[index]} no job`,
  );
  return [`${imageIds.length} images stand still:`, ...lines, 'the log ends with:', ...logEnd(cloud)].join('\n');
}

function logEnd({ log }: LocalCloud): readonly string[] {
  return log.slice(-30).map((line) => line.slice(0, 400));
}
