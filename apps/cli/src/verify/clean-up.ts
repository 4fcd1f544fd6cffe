import { randomUUID } from 'node:crypto';
import { Jobs } from '@slipstream/records';
import { itemsOf } from '@slipstream/runtime';
import {
  type Clock,
  DEFAULT_OWNER,
  imageRecordSchema,
  type OcrJobRecord,
  type RecordKey,
  rawKey,
  recordKeys,
  SlipstreamError,
  type StoredRecord,
} from '@slipstream/shared';
import type { AwsStore } from '@slipstream/store-aws';

type Stores = Pick<AwsStore, 'records' | 'raw' | 'artifacts'>;

const PAGE_ROWS = 200;
/** Folders that have a folder for each image. */
const ARTIFACT_FOLDERS = ['ocr', 'receipts', 'reviews', 'views'];
/** Longer than any queue keeps a message: SQS's 14 days are the most there is. */
const TOMBSTONE_S = 15 * 86_400;
const JOB_ENDED = { code: 'ABORTED', message: 'A trial of npm run verify; it was over before this job was.' };
const TRIES_MAX = 5;
/** An agent reads a photograph in seconds; what takes longer is left to its claim's end. */
const IN_HAND_MS_MAX = 60_000;
const LOOK_MS = 1_000;

/** Changes of a receipt that may come between its look-up and its end: a validation, and a decision about its merchant. */
const REVISIONS_IN_FLIGHT = 10;

export interface Removed {
  readonly records: number;
  readonly objects: number;
}

/**
 * Removes a photograph with all that was made of it, however far it came. IMAGE and OCR_JOB stay out of every list for
 * 15 days and go by themselves: messages about them that are still on their way find a job that has ended, and become
 * no dead letters. Safe to repeat.
 */
export async function removeImage(store: Stores, clock: Clock, imageId: string): Promise<Removed> {
  const jobs = new Jobs(store.records, clock);
  if ((await store.raw.head(rawKey(imageId))) === null && (await jobs.image(imageId)) === null) {
    return { records: 0, objects: 0 };
  }
  const inHand = await endJob(store, jobs, imageId);
  if (inHand !== null) await untilLetGo(store, clock, inHand);
  const all = await recordsOf(store, imageId);
  const ofType = (...types: readonly string[]) => all.filter(({ type }) => types.includes(type));
  const [uploads, receipts, kept] = [ofType('UPLOAD'), ofType('RECEIPT'), ofType('IMAGE', 'OCR_JOB')];
  const links = uploads.flatMap(({ uploaded_by }) => linksOf(String(uploaded_by), receipts, ofType('IMAGE')));
  const others = all.filter((record) => !uploads.includes(record) && !kept.includes(record));
  await outweigh(store, imageId, receipts);
  // The uploads first: whoever follows a change from now on finds nobody to make a link for.
  const keys = [...uploads, ...links, ...others].map(({ pk, sk }) => ({ pk, sk }));
  for (const key of keys) await store.records.write({ kind: 'delete', key });
  const ttl = Math.ceil(clock.now() / 1_000) + TOMBSTONE_S;
  for (const { pk, sk } of kept) {
    await store.records.write({ kind: 'update', key: { pk, sk }, set: { ttl }, remove: ['gsi1pk', 'gsi1sk'] });
  }
  return { records: keys.length + kept.length, objects: await removeObjects(store, imageId) };
}

/**
 * The merchant index buries the rows of a receipt that is gone with a revision above all that it had, and asks IMAGE for
 * it. Validation may raise a receipt's revision once more between the look at it and its deletion.
 */
async function outweigh(store: Stores, imageId: string, receipts: readonly StoredRecord[]): Promise<void> {
  if (receipts.length === 0) return;
  const receipt_revision_floor = Math.max(...receipts.map(({ revision }) => revision)) + REVISIONS_IN_FLIGHT;
  await store.records.write({ kind: 'update', key: recordKeys.image(imageId), set: { receipt_revision_floor } });
}

/** What may not be deleted keeps nothing else from being deleted. */
async function removeObjects(store: Stores, imageId: string): Promise<number> {
  const folders = ARTIFACT_FOLDERS.map((folder) => removeFolder(store, `${folder}/${imageId}/`));
  const outcomes = await Promise.allSettled([store.raw.delete(rawKey(imageId)).then(() => 1), ...folders]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  return outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0), 0);
}

/**
 * Nobody begins with it from now on; a photograph that was not even taken in gets a job that has ended, too. The job
 * that an agent has in hand, or null.
 */
async function endJob(store: Stores, jobs: Jobs, imageId: string): Promise<OcrJobRecord | null> {
  const image = {
    image_id: imageId,
    owner_id: DEFAULT_OWNER,
    s3_bucket: store.raw.bucket,
    s3_key: rawKey(imageId),
    size: 0,
  };
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const { job } = await jobs.create(image, randomUUID(), JOB_ENDED);
    if (job.status === 'COMPLETED' || job.status === 'FAILED') return null;
    if ((await jobs.fail(job, JOB_ENDED)) !== null) return job.status === 'RUNNING' ? job : null;
  }
  throw new SlipstreamError('STORE_BUSY', `The job of ${imageId} changes faster than it can be ended.`);
}

/** What its agent reads can no longer be published, but is still written: waits for it, or until its claim is over. */
async function untilLetGo(store: Stores, clock: Clock, { image_id, expires_at }: OcrJobRecord): Promise<void> {
  const end = Math.min(expires_at ?? 0, clock.now() + IN_HAND_MS_MAX);
  while (clock.now() < end) {
    const { items } = await store.artifacts.list({ prefix: `ocr/${image_id}/`, limit: 1 });
    if (items.length > 0) return;
    await clock.sleep(LOOK_MS);
  }
}

async function recordsOf(store: Stores, imageId: string): Promise<readonly StoredRecord[]> {
  const query = { partition: recordKeys.image(imageId).pk, limit: PAGE_ROWS };
  return Array.fromAsync(itemsOf((cursor) => store.records.query({ ...query, cursor })));
}

/** What a caller's lists name: each receipt, and the image by what came of it. */
function linksOf(
  caller: string,
  receipts: readonly StoredRecord[],
  images: readonly StoredRecord[],
): readonly RecordKey[] {
  const ofImages = images.flatMap((record) => {
    const { image_id, outcome, outcome_at } = imageRecordSchema.parse(record);
    return outcome && outcome_at ? [recordKeys.callerImage(caller, outcome, outcome_at, image_id)] : [];
  });
  return [...receipts.map((receipt) => linkOf(caller, receipt)), ...ofImages];
}

function linkOf(caller: string, { date, image_id, receipt_id }: StoredRecord): RecordKey {
  const day = typeof date === 'string' ? date : undefined;
  return recordKeys.callerReceipt(caller, day, String(image_id), String(receipt_id));
}

async function removeFolder(store: Stores, prefix: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const { items } = await store.artifacts.list({ prefix, limit: PAGE_ROWS });
    for (const { key } of items) await store.artifacts.delete(key);
    removed += items.length;
    if (items.length < PAGE_ROWS) return removed;
  }
}
