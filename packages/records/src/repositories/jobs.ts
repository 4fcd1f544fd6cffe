import {
  type Clock,
  type Condition,
  claimNumberColumn,
  claimNumberOf,
  failureCountColumn,
  failureCountOf,
  type ImageOrigin,
  type ImageOutcome,
  type ImageRecord,
  imageRecordSchema,
  indexKeys,
  instant,
  isSlipstreamError,
  type JobStatus,
  jobIdOf,
  type OcrJobRecord,
  ocrJobRecordSchema,
  type Page,
  type RecordStore,
  recordKeys,
  SlipstreamError,
  type UpdateWrite,
} from '@slipstream/shared';
import { betweenInstants, type InstantRange, isInstantRange } from './instant-range.ts';
import { parseRecord } from './parse-record.ts';

/** A failure that a person reads: a stable code and a sentence that says what to do. */
export interface JobFailure {
  readonly code: string;
  readonly message: string;
}

export interface NewImage {
  readonly image_id: string;
  readonly owner_id: string;
  /** How it came in; nothing where that is not known any more. */
  readonly origin?: ImageOrigin;
  readonly s3_bucket: string;
  readonly s3_key: string;
  readonly size: number;
  readonly sha256?: string;
  readonly content_type?: string;
  readonly width?: number;
  readonly height?: number;
  readonly orientation?: number;
}

/** What a claim of a job came to. */
export type Claim =
  | { readonly kind: 'claimed'; readonly job: OcrJobRecord }
  /** Nothing to do any more, or only the result to send again. */
  | { readonly kind: 'settled'; readonly job: OcrJobRecord }
  /** Somebody else works on it until `expires_at`. */
  | { readonly kind: 'held'; readonly job: OcrJobRecord; readonly expires_at: number };

/** Failures of one job before it is given up. */
export const JOB_FAILURES_MAX = 5;

const LOOKS_AT_TOMBSTONE = 8;

/**
 * IMAGE and OCR_JOB records. The states of a job:
 *
 *   PENDING ──claim──► RUNNING(owner, claim number, expires_at) ──publish──► OCR_DONE ──(receipts' transaction)──► COMPLETED
 *      ▲                  │                                                │
 *      └────giveBack──────┘                 fail ─────────► FAILED ◄───────┘
 *
 * Every arrow is one conditional write, and moves the index key with the status.
 */
export class Jobs {
  readonly #records: RecordStore;
  readonly #clock: Clock;

  constructor(records: RecordStore, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /**
   * IMAGE and its first OCR_JOB in one transaction, PENDING, or FAILED where the door refused the image.
   * An image that is known already is left as it is; its current job is returned.
   */
  async create(
    image: NewImage,
    correlationId: string,
    failure?: JobFailure,
  ): Promise<{ readonly created: boolean; readonly job: OcrJobRecord }> {
    const now = instant(this.#clock);
    const imageRecord: ImageRecord = {
      ...recordKeys.image(image.image_id),
      ...indexKeys.image(now),
      ...image,
      type: 'IMAGE',
      revision: 1,
      generation: 1,
      ...(failure ? { outcome: 'FAILED', outcome_at: now } : {}),
      created_at: now,
      updated_at: now,
    };
    const job = this.#newJob(image, 1, correlationId, failure);
    try {
      await this.#records.transact([
        { kind: 'put', record: imageRecord, condition: { ifAbsent: true } },
        { kind: 'put', record: job, condition: { ifAbsent: true } },
      ]);
      return { created: true, job };
    } catch (error) {
      if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
      const current = await this.current(image.image_id);
      if (!current) throw error;
      return { created: false, job: current.job };
    }
  }

  async image(imageId: string): Promise<ImageRecord | null> {
    const record = await this.#records.get(recordKeys.image(imageId));
    return record && parseRecord(imageRecordSchema, record);
  }

  async get(imageId: string, jobId: string): Promise<OcrJobRecord | null> {
    const record = await this.#records.get(recordKeys.ocrJob(imageId, jobId));
    return record && parseRecord(ocrJobRecordSchema, record);
  }

  /** The image and its newest job. */
  async current(imageId: string): Promise<{ readonly image: ImageRecord; readonly job: OcrJobRecord } | null> {
    const image = await this.image(imageId);
    const job = image && (await this.get(imageId, jobIdOf(imageId, image.generation)));
    return image && job ? { image, job } : null;
  }

  /** Ids of all images, the oldest first, or the newest. */
  async listImages(options: {
    readonly limit: number;
    readonly cursor?: string | null;
    readonly descending?: boolean;
  }): Promise<Page<string>> {
    const { limit, cursor = null, descending = false } = options;
    const page = await this.#records.query({ index: 'gsi1', partition: 'IMAGE', limit, cursor, descending });
    return { items: page.items.map(({ image_id }) => String(image_id)), cursor: page.cursor };
  }

  /** Jobs of one status, the longest unchanged first; unchanged since `before`, or dated `after` (ISO instants). */
  async list(
    status: JobStatus,
    options: {
      readonly limit: number;
      readonly cursor?: string | null;
      readonly descending?: boolean;
    } & Partial<InstantRange>,
  ): Promise<Page<{ readonly image_id: string; readonly job_id: string; readonly updated_at: string }>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: `OCR_JOB#${status}`,
      limit: options.limit,
      cursor: options.cursor ?? null,
      descending: options.descending ?? false,
      ...(isInstantRange(options) ? { between: betweenInstants(options) } : {}),
    });
    const items = page.items.map((item) => ({
      image_id: String(item.image_id),
      job_id: String(item.job_id),
      updated_at: String(item.updated_at),
    }));
    return { items, cursor: page.cursor };
  }

  /**
   * PENDING, or RUNNING whose owner's time is over, → RUNNING with a higher claim number. A claim that another agent
   * wins meanwhile is read again: the second look says `held`.
   */
  async claim(
    imageId: string,
    jobId: string,
    claimant: { readonly owner: string; readonly expires_at: number; readonly isGone?: (owner: string) => boolean },
  ): Promise<Claim> {
    for (let look = 0; look < 3; look += 1) {
      const job = await this.get(imageId, jobId);
      if (!job) throw new SlipstreamError('JOB_NOT_FOUND', `There is no job ${jobId}; upload the image again.`);
      if (job.status !== 'PENDING' && job.status !== 'RUNNING') return { kind: 'settled', job };
      if (job.status === 'RUNNING') {
        const expiresAt = job.expires_at ?? 0;
        const gone = job.owner === undefined || claimant.isGone?.(job.owner) === true;
        if (expiresAt > this.#clock.now() && !gone) return { kind: 'held', job, expires_at: expiresAt };
      }
      const claimed = await this.#move(
        job,
        'RUNNING',
        { ifRevision: job.revision },
        {
          owner: claimant.owner,
          expires_at: claimant.expires_at,
          ...claimNumberColumn(claimNumberOf(job) + 1),
          sweeps: 0,
        },
      );
      if (claimed) return { kind: 'claimed', job: claimed };
    }
    throw new SlipstreamError('STORE_BUSY', `The job ${jobId} changes faster than it can be claimed.`);
  }

  /** The owner's claim holds until `expiresAt`; false when it is not the owner's any more. */
  async renew(job: OcrJobRecord, expiresAt: number): Promise<boolean> {
    const write: UpdateWrite = {
      kind: 'update',
      key: recordKeys.ocrJob(job.image_id, job.job_id),
      set: { expires_at: expiresAt },
      condition: this.#ownedBy(job),
    };
    return (await this.#tryWrite(write)) !== null;
  }

  /**
   * The one write that makes an OCR result count: RUNNING(owner, claim number) → OCR_DONE naming the claim's document,
   * with the routing record beside it. null when the job is not the owner's any more: then nothing was published.
   */
  async publish(
    job: OcrJobRecord,
    documentKey: string,
    photoHintCodes: readonly string[] = [],
  ): Promise<OcrJobRecord | null> {
    const now = instant(this.#clock);
    const routing = {
      ...recordKeys.routing(job.image_id, job.job_id),
      ...indexKeys.routing('PENDING', now),
      type: 'OCR_ROUTING_DECISION',
      status: 'PENDING',
      revision: 1,
      image_id: job.image_id,
      job_id: job.job_id,
      sweeps: 0,
      created_at: now,
      updated_at: now,
    };
    try {
      await this.#records.transact([
        this.moveWrite(
          job,
          'OCR_DONE',
          this.#ownedBy(job),
          {
            document_key: documentKey,
            ...failureCountColumn(0),
            sweeps: 0,
            ...(photoHintCodes.length > 0 && { photo_hints: [...photoHintCodes] }),
          },
          ['owner', 'expires_at'],
        ),
        { kind: 'put', record: routing, condition: { ifAbsent: true } },
      ]);
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return null;
      throw error;
    }
    return this.get(job.image_id, job.job_id);
  }

  /** RUNNING → PENDING. With an error it counts as a failure, and the last one (`JOB_FAILURES_MAX`) makes it FAILED. */
  async giveBack(job: OcrJobRecord, failure?: JobFailure): Promise<OcrJobRecord | null> {
    const failures = failureCountOf(job) + (failure ? 1 : 0);
    if (failure && failures >= JOB_FAILURES_MAX) {
      const message = `It failed ${failures} times, the last time with: ${failure.message}`;
      return this.#move(
        job,
        'FAILED',
        this.#ownedBy(job),
        { ...failureCountColumn(failures), reason_code: failure.code, reason_message: message },
        ['owner', 'expires_at'],
      );
    }
    const reason = failure ? { reason_code: failure.code, reason_message: failure.message } : {};
    return this.#move(job, 'PENDING', this.#ownedBy(job), { ...failureCountColumn(failures), ...reason }, [
      'owner',
      'expires_at',
    ]);
  }

  /**
   * RUNNING → FAILED by its owner, who may have renewed the claim since it was made; null when the job is not the
   * owner's any more.
   */
  async failOwned(job: OcrJobRecord, failure: JobFailure): Promise<OcrJobRecord | null> {
    return this.#move(
      job,
      'FAILED',
      this.#ownedBy(job),
      { ...failureCountColumn(failureCountOf(job) + 1), reason_code: failure.code, reason_message: failure.message },
      ['owner', 'expires_at'],
    );
  }

  /** → FAILED with its reason, unless somebody changed the job since it was read; null then. */
  async fail(job: OcrJobRecord, failure: JobFailure): Promise<OcrJobRecord | null> {
    return this.#move(
      job,
      'FAILED',
      { ifRevision: job.revision },
      { reason_code: failure.code, reason_message: failure.message },
      ['owner', 'expires_at'],
    );
  }

  /**
   * A FAILED job of no more interest, since a later state of the same file has taken its place: it leaves the lists, and
   * stays readable by its id. null when it has moved meanwhile.
   */
  async supersede(job: OcrJobRecord): Promise<OcrJobRecord | null> {
    return this.#tryWrite({
      kind: 'update',
      key: recordKeys.ocrJob(job.image_id, job.job_id),
      set: { is_superseded: true, updated_at: instant(this.#clock) },
      remove: ['gsi1pk', 'gsi1sk'],
      condition: { ifState: { status: 'FAILED', ...claimNumberColumn(claimNumberOf(job)) } },
    });
  }

  /**
   * A failure of the work after the OCR: counted, and FAILED with the last one (`JOB_FAILURES_MAX`); the status stays
   * else. null when the job has moved meanwhile.
   */
  async noteFailure(job: OcrJobRecord, failure: JobFailure): Promise<OcrJobRecord | null> {
    const failures = failureCountOf(job) + 1;
    const isLast = failures >= JOB_FAILURES_MAX;
    const message = isLast ? `It failed ${failures} times, the last time with: ${failure.message}` : failure.message;
    const reason = { ...failureCountColumn(failures), reason_code: failure.code, reason_message: message };
    return this.#move(job, isLast ? 'FAILED' : job.status, { ifRevision: job.revision }, reason);
  }

  /** Notes that the sweeper sent this state on once more; null when the job has moved meanwhile. */
  async countSweep(job: OcrJobRecord): Promise<OcrJobRecord | null> {
    return this.#move(job, job.status, { ifRevision: job.revision }, { sweeps: job.sweeps + 1 });
  }

  /**
   * A new job for an image whose last one has ended; while one is still on its way, that one is returned.
   * Two callers at once get the same job. `replaced`: what is known of the image since other bytes came under its id.
   */
  async reprocess(imageId: string, correlationId: string, replaced?: NewImage): Promise<OcrJobRecord> {
    for (let look = 0; look < 3; look += 1) {
      const current = await this.current(imageId);
      if (!current) throw new SlipstreamError('NOT_FOUND', `There is no image ${imageId}.`);
      const { image, job } = current;
      if (job.status !== 'COMPLETED' && job.status !== 'FAILED') return job;
      const next = this.#newJob({ ...image, ...replaced }, image.generation + 1, correlationId);
      try {
        await this.#records.transact([
          {
            kind: 'update',
            key: recordKeys.image(imageId),
            set: { ...replaced, generation: next.generation, updated_at: next.created_at },
            remove: ['outcome', 'outcome_at'],
            condition: { ifRevision: image.revision },
          },
          { kind: 'put', record: next, condition: { ifAbsent: true } },
        ]);
        return next;
      } catch (error) {
        if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
      }
    }
    throw new SlipstreamError('STORE_BUSY', `The image ${imageId} changes faster than it can be reprocessed.`);
  }

  /**
   * The bytes of a deleted image were sent again: a new life, of the next generation, of whose past nothing is known.
   * null where the image is no tombstone; `DELETION_UNDER_WAY` until it is one.
   */
  async revive(image: NewImage, correlationId: string): Promise<OcrJobRecord | null> {
    for (let look = 0; look < LOOKS_AT_TOMBSTONE; look += 1) {
      const tombstone = await this.image(image.image_id);
      assertNotBeingDeleted(tombstone);
      if (tombstone?.deleted_at === undefined) return null;
      const job = this.#newJob(image, tombstone.generation + 1, correlationId);
      const { image_id, ...known } = image;
      const set = { ...known, generation: job.generation, created_at: job.created_at, updated_at: job.created_at };
      try {
        await this.#records.transact([
          {
            kind: 'update',
            key: recordKeys.image(image_id),
            set: { ...set, ...indexKeys.image(job.created_at) },
            remove: ['deleted_at', 'deleting_at', 'ttl'],
            condition: { ifRevision: tombstone.revision },
          },
          { kind: 'put', record: job, condition: { ifAbsent: true } },
        ]);
        return job;
      } catch (error) {
        if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
      }
    }
    throw new SlipstreamError(
      'STORE_BUSY',
      `The image ${image.image_id} changes faster than it can be taken in again.`,
    );
  }

  /** Notes whose an image is, of one from before there were owners; false when it has changed meanwhile. */
  async noteOwner(image: ImageRecord, owner_id: string): Promise<boolean> {
    const key = recordKeys.image(image.image_id);
    const condition = { ifRevision: image.revision };
    try {
      await this.#records.write({
        kind: 'update',
        key,
        set: { owner_id, updated_at: instant(this.#clock) },
        condition,
      });
      return true;
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return false;
      throw error;
    }
  }

  /** Notes what came of a job that ended before images said so; false where they say it, or the job is not the newest. */
  async noteOutcome(job: OcrJobRecord, outcome: ImageOutcome): Promise<boolean> {
    const write = this.outcomeWrite(job, outcome, job.updated_at);
    try {
      await this.#records.write({ ...write, condition: { ifState: { generation: job.generation, outcome: null } } });
      return true;
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return false;
      throw error;
    }
  }

  /** What came of the image's newest job, on the image; for the transaction that ends the job. */
  outcomeWrite(job: OcrJobRecord, outcome: ImageOutcome, endedAt: string = instant(this.#clock)): UpdateWrite {
    return {
      kind: 'update',
      key: recordKeys.image(job.image_id),
      set: { outcome, outcome_at: endedAt, updated_at: instant(this.#clock) },
      condition: { ifState: { generation: job.generation } },
    };
  }

  /** The update that moves a job to a status, with its index key; for transactions of other repositories. */
  moveWrite(
    job: OcrJobRecord,
    status: JobStatus,
    condition: Condition,
    set: UpdateWrite['set'] = {},
    remove: readonly string[] = [],
  ): UpdateWrite {
    const now = instant(this.#clock);
    return {
      kind: 'update',
      key: recordKeys.ocrJob(job.image_id, job.job_id),
      set: { ...set, status, updated_at: now, ...indexKeys.ocrJob(status, now) },
      remove,
      condition,
    };
  }

  async #move(
    job: OcrJobRecord,
    status: JobStatus,
    condition: Condition,
    set: UpdateWrite['set'],
    remove: readonly string[] = [],
  ): Promise<OcrJobRecord | null> {
    const write = this.moveWrite(job, status, condition, set, remove);
    return status === 'FAILED' ? this.#tryFail(job, write) : this.#tryWrite(write);
  }

  /** The image says so as well, unless it has a newer job. */
  async #tryFail(job: OcrJobRecord, write: UpdateWrite): Promise<OcrJobRecord | null> {
    try {
      await this.#records.transact([write, this.outcomeWrite(job, 'FAILED')]);
    } catch (error) {
      if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
      return error.details.index === 0 ? null : this.#tryWrite(write);
    }
    return this.get(job.image_id, job.job_id);
  }

  async #tryWrite(write: UpdateWrite): Promise<OcrJobRecord | null> {
    try {
      const record = await this.#records.write(write);
      return record && parseRecord(ocrJobRecordSchema, record);
    } catch (error) {
      if (isSlipstreamError(error, 'CONDITION_FAILED')) return null;
      throw error;
    }
  }

  #ownedBy(job: OcrJobRecord): Condition {
    return { ifState: { status: 'RUNNING', owner: job.owner ?? null, ...claimNumberColumn(claimNumberOf(job)) } };
  }

  #newJob(image: NewImage, generation: number, correlationId: string, failure?: JobFailure): OcrJobRecord {
    const now = instant(this.#clock);
    const jobId = jobIdOf(image.image_id, generation);
    const status = failure ? 'FAILED' : 'PENDING';
    return {
      ...recordKeys.ocrJob(image.image_id, jobId),
      ...indexKeys.ocrJob(status, now),
      ...(failure ? { reason_code: failure.code, reason_message: failure.message } : {}),
      type: 'OCR_JOB',
      revision: 1,
      image_id: image.image_id,
      owner_id: image.owner_id,
      job_id: jobId,
      generation,
      status,
      s3_bucket: image.s3_bucket,
      s3_key: image.s3_key,
      correlation_id: correlationId,
      ...claimNumberColumn(0),
      ...failureCountColumn(0),
      sweeps: 0,
      created_at: now,
      updated_at: now,
    };
  }
}

/** `DELETION_UNDER_WAY`: what is sent now would be removed with the rest. */
export function assertNotBeingDeleted(image: Pick<ImageRecord, 'image_id' | 'deleting_at'> | null): void {
  if (image?.deleting_at === undefined) return;
  throw new SlipstreamError(
    'DELETION_UNDER_WAY',
    'This image is just being deleted; send it again in a few minutes to keep it.',
    { details: { image_id: image.image_id } },
  );
}
