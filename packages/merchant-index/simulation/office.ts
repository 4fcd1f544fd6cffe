import { readFileSync } from 'node:fs';
import { CompactionRuns, Jobs, Receipts } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import {
  type CompactionMessage,
  DEFAULT_OWNER,
  deltaKey,
  deltaMessage,
  type ImageRecord,
  imageIdOf,
  newRunId,
  type ObjectStore,
  type Receipt,
  type ReceiptRecord,
  type RecordStore,
  receiptIdOf,
  receiptMessage,
  receiptSchema,
  recordKeys,
} from '@slipstream/shared';
import type { FakeClock } from '@slipstream/testing';
import { type DeltaRow, encodeDelta, indexRowId, metadataOf } from '../src/index.ts';
import type { Faults } from './faults.ts';
import { History } from './history.ts';

export const COLLECTION = 'lines';
export const IDENTITY = { provider: 'simulation', dimensions: 4 };

/** Everything that happens to receipts outside the index, by the repositories that the functions use. */
export class Office {
  readonly history = new History();
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly runs: CompactionRuns;
  readonly #records: RecordStore;
  readonly #artifacts: ObjectStore;

  constructor(records: RecordStore, artifacts: ObjectStore, clock: FakeClock, faults: Faults) {
    this.#records = records;
    this.#artifacts = artifacts;
    this.jobs = faults.forgetsFloor ? new ForgetfulJobs(records, clock) : new Jobs(records, clock);
    this.receipts = new Receipts(records, artifacts, this.jobs, clock);
    this.runs = new CompactionRuns(records, clock);
  }

  /** An image is read (again): so many receipts, each of so many rows. What the change stream would forward. */
  async read(image: string, rowCounts: readonly number[]): Promise<readonly CompactionMessage[]> {
    const image_id = imageIdOf(sha256Hex(Buffer.from(image)));
    const job = await this.#publishedJob(image_id);
    const completion = await this.receipts.prepare(job);
    const receipts = rowCounts.map((_, index) => receiptOf(image_id, receiptIdOf(index + 1)));
    const revisions = receipts.map(({ receipt_id }) => ({
      receipt_id,
      revision: completion.revisionOf(receipt_id),
    }));
    const rows = rowCounts.flatMap((count, index) => {
      const key = { image_id, receipt_id: receiptIdOf(index + 1) };
      const revision = completion.revisionOf(key.receipt_id);
      return Array.from({ length: count }, (_, place) => rowOf(key, place, revision, job.generation));
    });
    const before = await this.receipts.ofImage(image_id);
    const run = await this.#completed(completion, receipts, revisions, rows);
    const after = await this.receipts.ofImage(image_id);
    this.#remember(before, after, rows);
    const gone = before.filter(({ receipt_id }) => !after.some((record) => record.receipt_id === receipt_id));
    const deletes = gone.flatMap((record) => receiptMessage(record, null, COLLECTION) ?? []);
    return [...deletes, ...(run ? [deltaMessage(run)] : [])];
  }

  /** The receipt turns out to be of another merchant. */
  async rename(image: string, receiptId: string, merchant: string): Promise<readonly CompactionMessage[]> {
    const image_id = imageIdOf(sha256Hex(Buffer.from(image)));
    const before = await this.#receipt(image_id, receiptId);
    const merchant_id = imageIdOf(sha256Hex(Buffer.from(merchant)));
    await this.#records.write({ kind: 'update', key: recordKeys.receipt(image_id, receiptId), set: { merchant_id } });
    const after = await this.#receipt(image_id, receiptId);
    this.history.renamed(after, metadataOf(after));
    const message = receiptMessage(before, after, COLLECTION);
    return message ? [message] : [];
  }

  /** A person corrects the receipt: another revision of it, of the same rows. */
  async review(image: string, receiptId: string): Promise<readonly CompactionMessage[]> {
    const image_id = imageIdOf(sha256Hex(Buffer.from(image)));
    const before = await this.#receipt(image_id, receiptId);
    const after = await this.receipts.review(before, 'REVIEWED', reviewedReceiptOf(image_id, receiptId), []);
    if (!after) throw new Error(`The receipt ${receiptId} could not be reviewed.`);
    this.history.renamed(after, metadataOf(after));
    const message = receiptMessage(before, after, COLLECTION);
    return message ? [message] : [];
  }

  async #receipt(imageId: string, receiptId: string): Promise<ReceiptRecord> {
    const record = await this.receipts.get(imageId, receiptId);
    if (!record) throw new Error(`There is no receipt ${receiptId}.`);
    return record;
  }

  async #publishedJob(image_id: string) {
    const known = await this.jobs.image(image_id);
    const image = { image_id, owner_id: DEFAULT_OWNER, s3_bucket: 'raw', s3_key: `raw/${image_id}`, size: 1 };
    const job = known
      ? await this.jobs.reprocess(image_id, 'simulation')
      : (await this.jobs.create(image, 'simulation')).job;
    const claim = await this.jobs.claim(image_id, job.job_id, { owner: 'agent', expires_at: Number.MAX_SAFE_INTEGER });
    const published = claim.kind === 'claimed' ? await this.jobs.publish(claim.job, 'document') : null;
    if (!published) throw new Error('The job could not be published.');
    return published;
  }

  async #completed(
    completion: Awaited<ReturnType<Receipts['prepare']>>,
    receipts: readonly Receipt[],
    revisions: { receipt_id: string; revision: number }[],
    rows: readonly DeltaRow[],
  ) {
    const { image_id } = completion.job;
    const run_id = newRunId();
    if (receipts.length === 0) {
      await this.receipts.complete(completion, receipts);
      return null;
    }
    const bytes = encodeDelta({ identity: IDENTITY, image_id, receipts: revisions, rows });
    await this.#artifacts.put(deltaKey(COLLECTION, run_id), bytes);
    const run = {
      image_id,
      run_id,
      collection: COLLECTION,
      delta_sha256: sha256Hex(bytes),
      receipts: revisions,
      rows: rows.length,
    };
    const indexed = new Map(
      revisions.map(({ receipt_id, revision }) => [receipt_id, { run_id, rows_revision: revision }]),
    );
    const outcome = await this.receipts.complete(completion, receipts, {
      indexed,
      writes: [this.runs.createWrite(run)],
    });
    if (outcome !== 'completed') throw new Error(`The job's end was ${outcome}.`);
    return this.runs.get(image_id, run_id, COLLECTION);
  }

  #remember(before: readonly ReceiptRecord[], after: readonly ReceiptRecord[], rows: readonly DeltaRow[]): void {
    const stayed = (record: ReceiptRecord) =>
      before.some(({ receipt_id, revision }) => receipt_id === record.receipt_id && revision === record.revision);
    for (const record of after.filter((each) => !stayed(each))) {
      const own = rows.filter((row) => row.receipt_id === record.receipt_id);
      this.history.reread(
        record,
        own.map((row) => ({ ...row, ...metadataOf(record) })),
      );
    }
    for (const record of before) {
      if (!after.some(({ receipt_id }) => receipt_id === record.receipt_id)) this.history.removed(record);
    }
  }
}

class ForgetfulJobs extends Jobs {
  override async image(imageId: string): Promise<ImageRecord | null> {
    const image = await super.image(imageId);
    if (image === null) return null;
    const { receipt_revision_floor: _, ...rest } = image;
    return rest;
  }
}

const REVIEWED = receiptSchema.parse(
  JSON.parse(readFileSync(new URL('../../shared/golden/receipt.json', import.meta.url), 'utf8')),
);

/** As the parser reads it: no field is a person's word, which would keep the receipt when it is read no more. */
function receiptOf(image_id: string, receipt_id: string): Receipt {
  return { ...REVIEWED, total: null, image_id, receipt_id, merchant_match: null };
}

function reviewedReceiptOf(image_id: string, receipt_id: string): Receipt {
  return { ...receiptOf(image_id, receipt_id), total: REVIEWED.total };
}

/** Each generation prints another text, so that every state of a receipt can be told from every other. */
function rowOf(
  key: { image_id: string; receipt_id: string },
  place: number,
  revision: number,
  generation: number,
): DeltaRow {
  const vector = new Float32Array(IDENTITY.dimensions);
  vector[(place + generation) % IDENTITY.dimensions] = 1;
  const nobody = { merchant_id: null, phone: null, address_key: null };
  return {
    ...key,
    ...nobody,
    id: indexRowId(key, place),
    revision,
    vector,
    text: `row ${place} of reading ${generation}`,
  };
}
