import {
  assignedReceipt,
  type Clock,
  claimNumberColumn,
  claimNumberOf,
  indexKeys,
  instant,
  isObjectFault,
  isSlipstreamError,
  type KnownMerchant,
  newWriteId,
  type ObjectStore,
  type OcrJobRecord,
  type Page,
  type Receipt,
  type ReceiptRecord,
  type ReceiptStatus,
  type RecordStore,
  type RecordWrite,
  type RoutingRecord,
  receiptKey,
  receiptRecordSchema,
  receiptSchema,
  recordKeys,
  routingRecordSchema,
  SlipstreamError,
  withKnownMerchant,
} from '@slipstream/shared';
import { Completion, type CompletionExtras } from './completion.ts';
import { getDocument, putDocument } from './documents.ts';
import { betweenInstants, type InstantRange } from './instant-range.ts';
import type { JobFailure, Jobs } from './jobs.ts';
import { parseRecord } from './parse-record.ts';
import { passes, type ReceiptFilter } from './receipt-filter.ts';
import { indexedColumns, receiptRecord } from './receipt-record.ts';

const idOf = ({ merchant_id }: KnownMerchant) => ({ merchant_id });
/** Others may write the receipt while a person assigns it. */
const ASSIGN_LOOKS_MAX = 8;

/** RECEIPT and OCR_ROUTING_DECISION records, and the receipts' documents. */
export class Receipts {
  readonly #records: RecordStore;
  readonly #artifacts: ObjectStore;
  readonly #jobs: Jobs;
  readonly #clock: Clock;

  constructor(records: RecordStore, artifacts: ObjectStore, jobs: Jobs, clock: Clock) {
    this.#records = records;
    this.#artifacts = artifacts;
    this.#jobs = jobs;
    this.#clock = clock;
  }

  async get(imageId: string, receiptId: string): Promise<ReceiptRecord | null> {
    const record = await this.#records.get(recordKeys.receipt(imageId, receiptId));
    return record && parseRecord(receiptRecordSchema, record);
  }

  async document(record: ReceiptRecord): Promise<Receipt> {
    return getDocument(this.#artifacts, record.object_key, receiptSchema);
  }

  /** All receipts of one image, in order. */
  async ofImage(imageId: string): Promise<readonly ReceiptRecord[]> {
    const page = await this.#records.query({ partition: `IMAGE#${imageId}`, prefix: 'RECEIPT#', limit: 100 });
    return page.items.map((record) => parseRecord(receiptRecordSchema, record));
  }

  /** Receipts by their printed date, the newest first; those without a date come last. What the filter asks is looked at page by page. */
  async list(
    options: {
      readonly limit: number;
      readonly cursor?: string | null;
      readonly from?: string;
      readonly to?: string;
    } & ReceiptFilter,
  ): Promise<Page<ReceiptRecord>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: 'RECEIPT',
      // '$' sorts behind '#': the last day's receipts are included.
      between: [options.from ?? '0000-00-00', `${options.to ?? '9999-99-99'}$`],
      descending: true,
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    // The index tells which; it has no room for all that a list shows, and may be behind.
    const found = await Promise.all(
      page.items.map(({ image_id, receipt_id }) => this.get(String(image_id), String(receipt_id))),
    );
    const items = found.filter((record) => record !== null).filter((record) => passes(record, options));
    return { items, cursor: page.cursor };
  }

  /** What the end of a job builds on; the revisions that its receipts are going to have are known from here on. */
  async prepare(job: OcrJobRecord): Promise<Completion> {
    const [image, previous] = await Promise.all([this.#jobs.image(job.image_id), this.ofImage(job.image_id)]);
    return new Completion(job, previous, image);
  }

  /**
   * The end of a job: its receipts' documents, then, in one transaction, their records (those of an earlier job that
   * are gone are removed), the job COMPLETED, the routing COMPLETED where nothing is left to validate, and `writes`.
   * `superseded`: the job is not OCR_DONE any more, or a newer one has taken over. `refused`: one of `writes` did not
   * hold. Nothing was written in either case.
   */
  async complete(
    prepared: OcrJobRecord | Completion,
    receipts: readonly Receipt[],
    { indexed, writes: beside = [] }: CompletionExtras = {},
  ): Promise<'completed' | 'superseded' | 'refused'> {
    const now = instant(this.#clock);
    const completion = prepared instanceof Completion ? prepared : await this.prepare(prepared);
    const { job, previous } = completion;
    const records = receipts.map((receipt) => {
      const { receipt_id } = receipt;
      const before = completion.before(receipt_id);
      const columns = indexed?.get(receipt_id);
      const revision = completion.revisionOf(receipt_id);
      return receiptRecord(receipt, {
        owner_id: completion.owner_id,
        job_id: job.job_id,
        correlation_id: job.correlation_id,
        object_key: newDocumentKey({ image_id: job.image_id, receipt_id, job_id: job.job_id, revision }),
        now,
        revision,
        // A person's word stays: what they reviewed is not put up for review again by another reading.
        ...(before?.status === 'REVIEWED' && !receipt.needs_review ? { status: 'REVIEWED' as const } : {}),
        ...(before ? { previous: before } : {}),
        ...(columns ? { indexed: columns } : {}),
      });
    });
    await Promise.all(
      receipts.map((receipt, index) =>
        putDocument(this.#artifacts, records[index]?.object_key ?? '', receiptSchema, receipt),
      ),
    );
    const kept = new Set(records.map((record) => record.receipt_id));
    const gone = previous.filter((record) => !kept.has(record.receipt_id));
    const stay = gone.filter((record) => record.status === 'REVIEWED' || record.has_reviewed_fields === true);
    const removed = gone.filter((record) => !stay.includes(record));
    const writes: RecordWrite[] = [
      this.#jobs.moveWrite(
        job,
        'COMPLETED',
        { ifState: { status: 'OCR_DONE', ...claimNumberColumn(claimNumberOf(job)) } },
        { receipt_count: receipts.length + stay.length, sweeps: 0 },
        ['reason_code', 'reason_message'],
      ),
      this.#imageWrite(completion, [...records, ...stay], removed),
      ...records.map((record): RecordWrite => {
        const before = completion.before(record.receipt_id);
        return { kind: 'put', record, condition: before ? { ifRevision: before.revision } : { ifAbsent: true } };
      }),
      ...removed.map((record): RecordWrite => {
        const key = recordKeys.receipt(record.image_id, record.receipt_id);
        return { kind: 'delete', key, condition: { ifRevision: record.revision } };
      }),
    ];
    if (records.every(({ status }) => status !== 'NEW'))
      writes.push(this.#closeRoutingWrite(job.image_id, job.job_id, now));
    try {
      await this.#records.transact([...writes, ...beside]);
      return 'completed';
    } catch (error) {
      if (!isSlipstreamError(error, 'CONDITION_FAILED')) throw error;
      return Number(error.details.index ?? 0) < writes.length ? 'superseded' : 'refused';
    }
  }

  /**
   * NEW → the verdict, if the receipt still has this revision; false when it has moved on. Where validation changed the
   * document, the new one is stored beside the old and the record made of it; refused, it is one that no record names.
   * Closes the routing with the last one.
   */
  async settle(record: ReceiptRecord, status: 'VALID' | 'NEEDS_REVIEW', changed?: Receipt): Promise<boolean> {
    const write = changed ? await this.#settledWith(record, status, changed) : this.#settledAs(record, status);
    const settled = await this.#tryTransact([write]);
    await this.closeRouting(record.image_id, record.job_id);
    return settled;
  }

  /**
   * A person says whom a receipt is from, in its document and its record alike. One that needed review for its merchant
   * alone is VALID then. The record after it; null where there is no such receipt.
   */
  async assign(imageId: string, receiptId: string, merchant: KnownMerchant): Promise<ReceiptRecord | null> {
    for (let look = 0; look < ASSIGN_LOOKS_MAX; look += 1) {
      const record = await this.get(imageId, receiptId);
      if (record === null) return null;
      const write = await this.#assignWrite(record, merchant);
      if (await this.#tryTransact([write])) return this.get(imageId, receiptId);
    }
    throw new SlipstreamError('STORE_BUSY', `The receipt changes faster than it can be assigned; assign it again.`);
  }

  async #assignWrite(record: ReceiptRecord, merchant: KnownMerchant): Promise<RecordWrite> {
    try {
      const document = assignedReceipt(await this.document(record), merchant);
      const isSettled = !document.needs_review && document.checks.every(({ ok }) => ok);
      const status = record.status === 'NEEDS_REVIEW' && isSettled ? 'VALID' : record.status;
      return await this.#settledWith({ ...record, match_status: 'MATCHED', ...idOf(merchant) }, status, document);
    } catch (error) {
      if (!isObjectFault(error)) throw error;
      // The document is lost; whose the receipt is stands in the record at least.
      const set = {
        ...idOf(merchant),
        match_status: 'MATCHED',
        merchant_assigned: true,
        updated_at: instant(this.#clock),
      };
      const key = recordKeys.receipt(record.image_id, record.receipt_id);
      return { kind: 'update', key, set, condition: { ifRevision: record.revision } };
    }
  }

  /**
   * A person's changes: the document as they left it, and in one transaction its record and `beside` (their history).
   * The record after it; null when it has moved on since it was read.
   */
  async review(
    record: ReceiptRecord,
    status: ReceiptStatus,
    document: Receipt,
    beside: readonly RecordWrite[],
  ): Promise<ReceiptRecord | null> {
    const write = await this.#settledWith(record, status, document);
    if (!(await this.#tryTransact([write, ...beside]))) return null;
    if (status !== 'NEW') await this.closeRouting(record.image_id, record.job_id);
    return this.get(record.image_id, record.receipt_id);
  }

  /** Notes whose the receipts of an image are, of one from before there were owners. What changes meanwhile says it itself. */
  async noteOwner(imageId: string, owner_id: string): Promise<void> {
    for (const { receipt_id, revision } of await this.ofImage(imageId)) {
      const set = { owner_id, updated_at: instant(this.#clock) };
      const key = recordKeys.receipt(imageId, receipt_id);
      await this.#tryTransact([{ kind: 'update', key, set, condition: { ifRevision: revision } }]);
    }
  }

  /** NEW → NEEDS_REVIEW without its document, which is lost; false when it has moved on. */
  async settleUnreadable(record: ReceiptRecord, { code, message }: JobFailure): Promise<boolean> {
    const status = 'NEEDS_REVIEW';
    const set = { status, reason_code: code, reason_message: message, updated_at: instant(this.#clock) };
    const key = recordKeys.receipt(record.image_id, record.receipt_id);
    const settled = await this.#tryTransact([{ kind: 'update', key, set, condition: { ifRevision: record.revision } }]);
    await this.closeRouting(record.image_id, record.job_id);
    return settled;
  }

  /** Routing → COMPLETED when no receipt of the image is NEW; harmless when repeated. Returns the receipts that still are. */
  async closeRouting(imageId: string, jobId: string): Promise<readonly ReceiptRecord[]> {
    const unsettled = (await this.ofImage(imageId)).filter((record) => record.status === 'NEW');
    if (unsettled.length === 0) {
      await this.#tryTransact([this.#closeRoutingWrite(imageId, jobId, instant(this.#clock))]);
    }
    return unsettled;
  }

  async routing(imageId: string, jobId: string): Promise<RoutingRecord | null> {
    const record = await this.#records.get(recordKeys.routing(imageId, jobId));
    return record && parseRecord(routingRecordSchema, record);
  }

  /** Routings that stand PENDING since `before`, or are dated `after` (ISO instants), the longest first. */
  async openRoutings(
    times: InstantRange,
    options: { readonly limit: number; readonly cursor?: string | null },
  ): Promise<Page<{ readonly image_id: string; readonly job_id: string }>> {
    const page = await this.#records.query({
      index: 'gsi1',
      partition: 'ROUTING#PENDING',
      between: betweenInstants(times),
      limit: options.limit,
      cursor: options.cursor ?? null,
    });
    const items = page.items.map((item) => ({ image_id: String(item.image_id), job_id: String(item.job_id) }));
    return { items, cursor: page.cursor };
  }

  /** Notes that the sweeper sent this routing's receipts on once more; false when it has moved meanwhile. */
  async countRoutingSweep(routing: RoutingRecord): Promise<boolean> {
    const now = instant(this.#clock);
    return this.#tryTransact([
      {
        kind: 'update',
        key: recordKeys.routing(routing.image_id, routing.job_id),
        set: { sweeps: routing.sweeps + 1, updated_at: now, ...indexKeys.routing('PENDING', now) },
        condition: { ifRevision: routing.revision },
      },
    ]);
  }

  #settledAs(record: ReceiptRecord, status: ReceiptStatus): RecordWrite {
    return {
      kind: 'update',
      key: recordKeys.receipt(record.image_id, record.receipt_id),
      set: { status, updated_at: instant(this.#clock) },
      condition: { ifRevision: record.revision },
    };
  }

  /** The document first: a crash in between leaves one that no record names, until it is swept. */
  async #settledWith(previous: ReceiptRecord, status: ReceiptStatus, changed: Receipt): Promise<RecordWrite> {
    const { image_id, receipt_id, owner_id, job_id, correlation_id, revision } = previous;
    const object_key = newDocumentKey({ image_id, receipt_id, job_id, revision: revision + 1 });
    // A merge may have moved it since the document was read: whose it is, the record decides.
    const document = withKnownMerchant(changed, previous, null);
    await putDocument(this.#artifacts, object_key, receiptSchema, document);
    const now = instant(this.#clock);
    const kept = { previous, revision: revision + 1, indexed: indexedColumns(previous) };
    const record = receiptRecord(document, { owner_id, job_id, correlation_id, object_key, now, status, ...kept });
    return { kind: 'put', record, condition: { ifRevision: revision } };
  }

  /** The image has to be of this job's generation still; what is removed of it raises the floor. */
  #imageWrite(
    { job, floor, receiptIdMax }: Completion,
    found: readonly ReceiptRecord[],
    removed: readonly ReceiptRecord[],
  ): RecordWrite {
    const write = this.#jobs.outcomeWrite(job, found.length === 0 ? 'NO_RECEIPT' : 'RECEIPTS');
    const receipt_id_max = [...found, ...removed].map(({ receipt_id }) => receipt_id).reduce(higher, receiptIdMax);
    const highest = receipt_id_max === receiptIdMax ? {} : { receipt_id_max };
    if (removed.length === 0) return { ...write, set: { ...write.set, ...highest } };
    const receipt_revision_floor = Math.max(floor, ...removed.map(({ revision }) => revision + 1));
    return { ...write, set: { ...write.set, ...highest, receipt_revision_floor } };
  }

  #closeRoutingWrite(imageId: string, jobId: string, now: string): RecordWrite {
    return {
      kind: 'update',
      key: recordKeys.routing(imageId, jobId),
      set: { status: 'COMPLETED', updated_at: now, ...indexKeys.routing('COMPLETED', now) },
      condition: { ifState: { status: 'PENDING' } },
    };
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

/** Receipt ids have the same length. */
const higher = (one: string, other: string) => (other > one ? other : one);

/** Of a document that is about to be written, for a record that is then to have this revision. */
function newDocumentKey({
  image_id,
  receipt_id,
  job_id,
  revision,
}: Pick<ReceiptRecord, 'image_id' | 'receipt_id' | 'job_id' | 'revision'>): string {
  return receiptKey(image_id, receipt_id, job_id, { revision, write_id: newWriteId() });
}
