import {
  type CompactionMessage,
  claimOfKey,
  type DeletionRecord,
  jobIdOf,
  type ObjectHead,
  type Page,
  parseReceiptKey,
  type RecordKey,
  rawKey,
  recordKeys,
  SlipstreamError,
  type StoredRecord,
} from '@slipstream/shared';
import { linkOfImage } from './delete-image.ts';
import type { DeletePorts } from './delete-ports.ts';

/** Folders of the artifacts bucket that have a folder for each image. */
const FOLDERS = ['ocr', 'receipts', 'reviews', 'views'] as const;
/** One deletion takes seconds; what takes longer is gone on with by whoever looks next. */
const CLAIM_MS = 120_000;
/** The change stream is followed within a second, unless something holds it up. */
const ERASE_AGAIN_MS = 10_000;
const PAGE_ROWS = 200;
/** Kept as a tombstone, or until the very end. */
const KEPT = new Set(['IMAGE', 'OCR_JOB', 'DELETION', 'UPLOAD', 'RECEIPT']);
/** That the same bytes are on their way again. */
const SENT_AGAIN = new Set(['UPLOAD', 'UPLOAD_CLAIM']);

export interface DeletionTiming {
  /**
   * How long after it is gone it is looked for once more: longer than whoever held it may still write, and than readers
   * keep an old version of the merchant index open.
   */
  readonly againAfterMs: number;
}

/** With the ten minutes for which a version of the index is kept for its readers. */
export const DELETION_TIMING: DeletionTiming = { againAfterMs: 660_000 };

export interface FinishOptions extends Partial<DeletionTiming> {
  /** True when no time is left: the rest is done by whoever looks next. */
  readonly isTimeOver?: () => boolean;
}

/**
 * Removes what is stored of a deleted image. Each step is harmless when repeated, so that a crash anywhere is made up
 * for by the next run:
 *
 *   receipts (followers clean lists, merchants, index) ─► objects, every version ─► deltas, other records ─► links
 *     ─► failures and dead letters ─► index ─► who sent it ─► tombstone ─► … later once more, for what came late
 *
 * True when nothing is left to be done now; false where somebody else works on it, or it is not due.
 */
export async function finishDeletion(
  ports: DeletePorts,
  { image_id, generation }: Pick<DeletionRecord, 'image_id' | 'generation'>,
  { againAfterMs = DELETION_TIMING.againAfterMs, isTimeOver = () => false }: FinishOptions = {},
): Promise<boolean> {
  const { deletions, clock } = ports;
  const before = await deletions.get(image_id, generation);
  if (before === null) return true;
  const until = clock.now() + CLAIM_MS;
  const claimed = await deletions.claim(before, until);
  if (claimed === null) return false;
  // Past its claim another may work on it, and the same bytes may be sent again: nothing more is removed then.
  const assertMine = () => {
    if (clock.now() >= until || isTimeOver()) throw timeExhausted(image_id);
  };
  if (claimed.status === 'PURGED') {
    // Before it is looked for once more, which changes records again.
    if ((await ports.eraseHistory?.(image_id)) === false) {
      await deletions.putOff(claimed, clock.now() + ERASE_AGAIN_MS);
      return false;
    }
    await removeWhatCameLate(ports, claimed, assertMine);
    return true;
  }
  const again = clock.now() + againAfterMs;
  const purged = await removeAll(ports, claimed, assertMine);
  await deletions.purged(purged, Math.max(again, (purged.held_until ?? 0) + againAfterMs));
  await ports.eraseHistory?.(image_id);
  return true;
}

async function removeAll(ports: DeletePorts, claimed: DeletionRecord, assertMine: () => void): Promise<DeletionRecord> {
  const { deletions, raw, artifacts, uploads } = ports;
  const { image_id } = claimed;
  let deletion = await deletions.removeReceipts(claimed);
  assertMine();
  await raw.purge(rawKey(image_id));
  for (const folder of FOLDERS) {
    assertMine();
    await artifacts.purge(`${folder}/${image_id}/`);
  }
  const all = await deletions.recordsOf(image_id);
  const runs = all.filter(({ type }) => type === 'COMPACTION_RUN');
  deletion = await deletions.noteCollections(
    deletion,
    runs.map(({ collection }) => String(collection)),
  );
  for (const { delta_key } of runs) {
    assertMine();
    await artifacts.purge(String(delta_key));
  }
  assertMine();
  await deletions.removeRecords(all.filter(({ type }) => !KEPT.has(type)));
  for (const job of all.filter(({ type }) => type === 'OCR_JOB')) await deletions.buryJob(job);
  await deletions.removeRecords(linksOf(deletion));
  await ports.forgetLetters?.(image_id);
  await buryRows(ports, deletion);
  assertMine();
  // Last: while they are there a receipt's removal finds whose list it was in.
  const senders = await uploads.ofImage(image_id);
  await deletions.removeRecords(senders.map(({ uploaded_by }) => recordKeys.upload(image_id, uploaded_by)));
  return deletion;
}

/**
 * What was written while it was removed, or after: by an agent that had the photograph in hand, by whoever parsed or
 * reviewed it, by a follower that was behind, by an upload that was announced before.
 */
async function removeWhatCameLate(ports: DeletePorts, deletion: DeletionRecord, assertMine: () => void): Promise<void> {
  const { deletions, artifacts } = ports;
  const { image_id } = deletion;
  const isGone = await deletions.beginAgain(deletion);
  await removeUnclaimedUploads(ports, image_id);
  if (isGone) {
    const found = await deletions.recordsOf(image_id);
    // Put by an event that came late, with nobody who sent it since.
    if (!found.some(({ type }) => SENT_AGAIN.has(type))) await ports.raw.purge(rawKey(image_id));
    for (const folder of FOLDERS) {
      assertMine();
      await artifacts.purge(`${folder}/${image_id}/`);
    }
    assertMine();
    await deletions.removeRecords(linksOf(deletion));
    await removeLateRecords(
      ports,
      found.filter(({ type }) => !KEPT.has(type) && !SENT_AGAIN.has(type)),
    );
    await ports.forgetLetters?.(image_id);
  } else {
    await removeDocumentsOfJobs(ports, deletion, assertMine);
  }
  await buryRows(ports, deletion);
  if (isGone) await deletions.purged(deletion, null);
  else await deletions.end(deletion);
}

async function removeLateRecords({ deletions, artifacts }: DeletePorts, late: readonly StoredRecord[]): Promise<void> {
  for (const { type, delta_key } of late) if (type === 'COMPACTION_RUN') await artifacts.purge(String(delta_key));
  await deletions.removeRecords(late);
}

/** Of an image that lives again: what its earlier jobs left, and nothing of the present ones. */
async function removeDocumentsOfJobs(
  { artifacts }: DeletePorts,
  { image_id, generation }: DeletionRecord,
  assertMine: () => void,
): Promise<void> {
  const ended = new Set(Array.from({ length: generation }, (_, index) => jobIdOf(image_id, index + 1)));
  for await (const { key } of objectsIn(artifacts, `ocr/${image_id}/`)) {
    assertMine();
    if (ended.has(key.split('/')[2] ?? '')) await artifacts.purge(key);
  }
  for await (const { key } of objectsIn(artifacts, `receipts/${image_id}/`)) {
    assertMine();
    if (ended.has(parseReceiptKey(key)?.job_id ?? '')) await artifacts.purge(key);
  }
}

/** An upload that was announced before and put after: its claim is gone, so that nobody adopts it. */
async function removeUnclaimedUploads({ raw, uploadClaims }: DeletePorts, imageId: string): Promise<void> {
  for await (const { key } of objectsIn(raw, `${rawKey(imageId)}.`)) {
    const claim = claimOfKey(key);
    if (claim === null || (await uploadClaims.get(claim.image_id, claim.claim_id)) === null) await raw.purge(key);
  }
}

async function* objectsIn(store: Pick<DeletePorts['raw'], 'list'>, prefix: string): AsyncGenerator<ObjectHead> {
  let cursor: string | null = null;
  do {
    const page: Page<ObjectHead> = await store.list({ prefix, limit: PAGE_ROWS, cursor });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== null);
}

/** Of its sender's lists and its merchants'; a follower that is behind may make one again until the second look. */
function linksOf(deletion: DeletionRecord): readonly RecordKey[] {
  const { image_id, requested_by: caller, receipts, outcome, outcome_at } = deletion;
  const ofImage = { image_id, ...(outcome && outcome_at ? { outcome, outcome_at } : {}) };
  return [
    ...receipts.map(({ date, receipt_id }) => recordKeys.callerReceipt(caller, date, image_id, receipt_id)),
    ...[linkOfImage(caller, ofImage)].filter((key) => key !== null),
    ...receipts.flatMap(({ merchant_id, date, receipt_id }) =>
      merchant_id ? [recordKeys.merchantReceipt(merchant_id, date, image_id, receipt_id)] : [],
    ),
  ];
}

/** The index is brought to what the records say of each receipt, and its files are rewritten without the rows. */
async function buryRows({ queues, jobs }: DeletePorts, deletion: DeletionRecord): Promise<void> {
  const { image_id, receipts, collections } = deletion;
  const revision = (await jobs.image(image_id))?.receipt_revision_floor ?? 1;
  for (const collection of collections) {
    for (const { receipt_id } of receipts) {
      const message: CompactionMessage = { kind: 'delete', image_id, receipt_id, collection, revision, erase: true };
      await queues['compaction-queue'].send(message);
    }
  }
}

function timeExhausted(imageId: string): SlipstreamError {
  return new SlipstreamError('TIME_EXHAUSTED', `No time was left to delete ${imageId}; it is gone on with.`);
}
