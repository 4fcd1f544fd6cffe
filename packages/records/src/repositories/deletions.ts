import type { Page, RecordKey, RecordStore, RecordWrite } from '@slipstream/shared';
import {
  type Clock,
  type DeletionRecord,
  deletionRecordSchema,
  type ImageRecord,
  indexKeys,
  instant,
  isSlipstreamError,
  jobIdOf,
  type OcrJobRecord,
  ocrJobRecordSchema,
  type ReceiptRecord,
  recordKeys,
  SlipstreamError,
  type StoredRecord,
} from '@slipstream/shared';
import type { Jobs, NewImage } from './jobs.ts';
import { parseRecord } from './parse-record.ts';
import type { Receipts } from './receipts.ts';

/** Longer than a delta, or a message of any queue, can come late: both are told by the tombstone that it is gone. */
export const TOMBSTONE_KEPT_MS = 35 * 86_400_000;
const TRIES = 8;
const PAGE_ROWS = 200;
const END = { reason_code: 'IMAGE_DELETED', reason_message: 'Its image was deleted.' } as const;
/** What says what was on the image, or leads to it. */
const TOLD_BY_IMAGE = ['gsi1pk', 'gsi1sk', 'origin', 'arrangement', 'sha256', 'outcome', 'outcome_at'] as const;
const TOLD_BY_JOB = ['gsi1pk', 'gsi1sk', 'owner', 'expires_at', 'document_key', 'photo_hints'] as const;

/**
 * DELETION records, and the IMAGE record as a tombstone:
 *
 *   living ──mark──► deleting ──purged──► deleted ──(the same bytes are sent again)──► living, of a higher generation
 *                                           │ ▲
 *                                     begin │ │ purged: once more, for what came late
 *                                           ▼ │
 *                                         deleting
 *
 * `mark` takes the next generation, of which there is no job: whoever still works for an older one is refused by the
 * condition on it, and whoever looks for the image's current job finds none. Each arrow is one transaction.
 */
export class Deletions {
  readonly #records: RecordStore;
  readonly #jobs: Jobs;
  readonly #receipts: Receipts;
  readonly #clock: Clock;

  constructor(records: RecordStore, jobs: Jobs, receipts: Receipts, clock: Clock) {
    this.#records = records;
    this.#jobs = jobs;
    this.#receipts = receipts;
    this.#clock = clock;
  }

  /**
   * The image is deleted from here on: its job ends, and it is in no list. `unknown`: of one that was sent and not yet
   * taken in. Harmless when repeated; null where there is nothing (left) to delete.
   */
  async mark(imageId: string, requestedBy: string, unknown?: NewImage): Promise<DeletionRecord | null> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const image = await this.#jobs.image(imageId);
      if (image?.deleted_at !== undefined) return null;
      if (image?.deleting_at !== undefined) return this.get(imageId, image.generation - 1);
      if (image === null && unknown === undefined) return null;
      const job = image && (await this.#jobs.get(imageId, jobIdOf(imageId, image.generation)));
      const deletion = this.#newDeletion(image ?? { image_id: imageId, ...unknown, generation: 1 }, job, requestedBy);
      const marked = image ? this.#markWrite(image) : this.#tombstoneOf(deletion, unknown);
      const writes = [marked, put(deletion), ...(job ? [this.#endWrite(job)] : [])];
      if (await this.#tryTransact(writes)) return deletion;
    }
    throw busy(imageId);
  }

  async get(imageId: string, generation: number): Promise<DeletionRecord | null> {
    const record = await this.#records.get(recordKeys.deletion(imageId, generation));
    return record && parseRecord(deletionRecordSchema, record);
  }

  /** Those that are to be gone on with, the longest due first. */
  async due(options: {
    readonly limit: number;
    readonly cursor?: string | null;
  }): Promise<Page<{ readonly image_id: string; readonly generation: number }>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: 'DELETION',
      // '$' sorts behind '#': what is due at this instant is included.
      between: ['0', `${instant(this.#clock)}$`],
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    const items = page.items.map(({ pk, sk }) => ({
      image_id: pk.slice('IMAGE#'.length),
      generation: Number(sk.slice('DELETION#'.length)),
    }));
    return { items, cursor: page.cursor };
  }

  /**
   * One at a time works on it, until `untilMs` (epoch milliseconds): what is sent again as soon as it is done must not be
   * removed by another. null where somebody else was first, or it is not due.
   */
  async claim(deletion: DeletionRecord, untilMs: number): Promise<DeletionRecord | null> {
    if (Date.parse(deletion.due_at) > this.#clock.now()) return null;
    const due_at = new Date(untilMs).toISOString();
    const write = this.#updateWrite(deletion, { due_at, ...indexKeys.deletion(due_at, deletion.image_id) });
    if (!(await this.#tryTransact([write]))) return null;
    return this.get(deletion.image_id, deletion.generation);
  }

  /** Removes the receipts, each with what finds its links and outweighs its rows noted in the same transaction. */
  async removeReceipts(deletion: DeletionRecord): Promise<DeletionRecord> {
    let current = deletion;
    for (let attempt = 1; attempt <= TRIES; ) {
      const [receipt] = await this.#receipts.ofImage(deletion.image_id);
      const image = await this.#jobs.image(deletion.image_id);
      if (receipt === undefined || image?.deleting_at === undefined) return current;
      const receipt_revision_floor = Math.max(image.receipt_revision_floor ?? 0, receipt.revision + 1);
      const receipt_id_max = [image.receipt_id_max ?? '', receipt.receipt_id].toSorted().at(-1);
      const isRemoved = await this.#tryTransact([
        {
          kind: 'delete',
          key: recordKeys.receipt(receipt.image_id, receipt.receipt_id),
          condition: { ifRevision: receipt.revision },
        },
        {
          kind: 'update',
          key: recordKeys.image(image.image_id),
          set: { receipt_revision_floor, receipt_id_max, updated_at: instant(this.#clock) },
          condition: { ifRevision: image.revision },
        },
        this.#updateWrite(current, { receipts: [...current.receipts, linkOf(receipt)] }),
      ]);
      const stored = await this.get(current.image_id, current.generation);
      if (stored === null) return current;
      current = stored;
      // Somebody wrote the receipt meanwhile; each one that goes begins the count anew.
      attempt = isRemoved ? 1 : attempt + 1;
    }
    throw busy(deletion.image_id);
  }

  async noteCollections(deletion: DeletionRecord, collections: readonly string[]): Promise<DeletionRecord> {
    const all = [...new Set([...deletion.collections, ...collections])].sort();
    if (all.length === deletion.collections.length) return deletion;
    await this.#tryTransact([this.#updateWrite(deletion, { collections: all })]);
    return (await this.get(deletion.image_id, deletion.generation)) ?? deletion;
  }

  /** Everything in the image's partition. */
  async recordsOf(imageId: string): Promise<readonly StoredRecord[]> {
    const found: StoredRecord[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<StoredRecord> = await this.#records.query({
        partition: recordKeys.image(imageId).pk,
        limit: PAGE_ROWS,
        cursor,
      });
      found.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== null);
    return found;
  }

  async removeRecords(keys: readonly RecordKey[]): Promise<void> {
    for (const { pk, sk } of keys) await this.#records.write({ kind: 'delete', key: { pk, sk } });
  }

  /**
   * A job stays for as long as a message about it can come: whoever receives one finds that it has ended. What it said of
   * the photograph goes.
   */
  async buryJob(record: StoredRecord): Promise<void> {
    const job = ocrJobRecordSchema.safeParse(record).data;
    const isBuried = record.ttl !== undefined && record.reason_code === END.reason_code;
    if (job === undefined || isBuried) return;
    const set = { ...END, status: 'FAILED', ttl: this.#ttl(), updated_at: instant(this.#clock) };
    const key = recordKeys.ocrJob(job.image_id, job.job_id);
    await this.#tryTransact([
      { kind: 'update', key, set, remove: TOLD_BY_JOB, condition: { ifRevision: record.revision } },
    ]);
  }

  /** deleted → deleting, so that nobody brings it back while what came late is removed; false where it lives again. */
  async beginAgain(deletion: DeletionRecord): Promise<boolean> {
    const image = await this.#jobs.image(deletion.image_id);
    if (image === null || image.generation !== deletion.generation + 1) return false;
    if (image.deleting_at !== undefined) return true;
    const now = instant(this.#clock);
    return this.#tryTransact([
      {
        kind: 'update',
        key: recordKeys.image(image.image_id),
        set: { deleting_at: now, updated_at: now },
        condition: { ifRevision: image.revision },
      },
    ]);
  }

  /** deleting → deleted; what came late is looked for at `againAt` (epoch ms), or, null, has been. */
  async purged(deletion: DeletionRecord, againAt: number | null): Promise<void> {
    const now = instant(this.#clock);
    await this.#tryTransact([
      {
        kind: 'update',
        key: recordKeys.image(deletion.image_id),
        set: { deleted_at: now, updated_at: now, ttl: this.#ttl() },
        remove: ['deleting_at'],
        condition: { ifState: { generation: deletion.generation + 1 } },
      },
      againAt === null ? this.#endOf(deletion) : this.#laterWrite(deletion, againAt),
    ]);
  }

  /** It is not looked at before `untilMs` (epoch milliseconds). */
  async putOff(deletion: DeletionRecord, untilMs: number): Promise<void> {
    await this.#tryTransact([this.#laterWrite(deletion, untilMs)]);
  }

  /** Nothing is left to be done for it: its image lives again. */
  async end(deletion: DeletionRecord): Promise<void> {
    await this.#tryTransact([this.#endOf(deletion)]);
  }

  #newDeletion(
    image: Pick<ImageRecord, 'image_id' | 'generation'> &
      Partial<Pick<ImageRecord, 'owner_id' | 'outcome' | 'outcome_at'>>,
    job: OcrJobRecord | null,
    requestedBy: string,
  ): DeletionRecord {
    const { image_id, generation, owner_id, outcome, outcome_at } = image;
    const now = instant(this.#clock);
    // An agent that has it in hand may write until its claim is over.
    const held = job?.status === 'RUNNING' ? { held_until: job.expires_at ?? 0 } : {};
    return deletionRecordSchema.parse({
      ...recordKeys.deletion(image_id, generation),
      ...indexKeys.deletion(now, image_id),
      type: 'DELETION',
      revision: 1,
      image_id,
      owner_id,
      generation,
      requested_by: requestedBy,
      status: 'MARKED',
      due_at: now,
      ...(outcome && outcome_at ? { outcome, outcome_at } : {}),
      ...held,
      receipts: [],
      collections: [],
      created_at: now,
      updated_at: now,
    });
  }

  #markWrite(image: ImageRecord): RecordWrite {
    const now = instant(this.#clock);
    return {
      kind: 'update',
      key: recordKeys.image(image.image_id),
      set: { deleting_at: now, generation: image.generation + 1, updated_at: now },
      remove: TOLD_BY_IMAGE,
      condition: { ifRevision: image.revision },
    };
  }

  #tombstoneOf({ image_id, generation, created_at }: DeletionRecord, unknown?: NewImage): RecordWrite {
    if (unknown === undefined) throw new TypeError('An image without a record is deleted by what is known of it.');
    const { owner_id, s3_bucket, s3_key, size } = unknown;
    const record: ImageRecord = {
      ...recordKeys.image(image_id),
      type: 'IMAGE',
      revision: 1,
      image_id,
      owner_id,
      s3_bucket,
      s3_key,
      size,
      generation: generation + 1,
      deleting_at: created_at,
      created_at,
      updated_at: created_at,
    };
    return { kind: 'put', record, condition: { ifAbsent: true } };
  }

  #endWrite(job: OcrJobRecord): RecordWrite {
    const key = recordKeys.ocrJob(job.image_id, job.job_id);
    const set = { ...END, status: 'FAILED', updated_at: instant(this.#clock) };
    return { kind: 'update', key, set, remove: TOLD_BY_JOB, condition: { ifRevision: job.revision } };
  }

  #laterWrite(deletion: DeletionRecord, againAt: number): RecordWrite {
    const due_at = new Date(againAt).toISOString();
    const set = { status: 'PURGED', due_at, ...indexKeys.deletion(due_at, deletion.image_id) };
    return this.#updateWrite(deletion, set);
  }

  #updateWrite(deletion: DeletionRecord, set: Readonly<Record<string, unknown>>): RecordWrite {
    const next = deletionRecordSchema.parse({ ...deletion, ...set, updated_at: instant(this.#clock) });
    return {
      kind: 'put',
      record: { ...next, revision: deletion.revision + 1 },
      condition: { ifRevision: deletion.revision },
    };
  }

  #endOf({ image_id, generation }: DeletionRecord): RecordWrite {
    return { kind: 'delete', key: recordKeys.deletion(image_id, generation) };
  }

  #ttl(): number {
    return Math.ceil((this.#clock.now() + TOMBSTONE_KEPT_MS) / 1_000);
  }

  async #tryTransact(writes: readonly RecordWrite[]): Promise<boolean> {
    try {
      await this.#records.transact(writes);
      return true;
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return false;
      throw error;
    }
  }
}

function put(record: DeletionRecord): RecordWrite {
  return { kind: 'put', record, condition: { ifAbsent: true } };
}

function linkOf({ receipt_id, date, merchant_id }: ReceiptRecord): DeletionRecord['receipts'][number] {
  return { receipt_id, ...(date ? { date } : {}), ...(merchant_id ? { merchant_id } : {}) };
}

function busy(imageId: string): SlipstreamError {
  return new SlipstreamError('STORE_BUSY', `The image ${imageId} changes faster than it can be deleted; do it again.`);
}
