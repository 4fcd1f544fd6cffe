import {
  type CheckWrite,
  type DeadLetterReason,
  type OcrJobRecord,
  ocrJobMessageSchema,
  ocrJobRecordSchema,
  parseMessage,
  type RecordWrite,
  recordKeys,
  type StoredRecord,
} from '@slipstream/shared';
import { MemoryRecordStore, type VirtualTime } from '@slipstream/testing';

const SETTLED: ReadonlySet<string> = new Set(['OCR_DONE', 'COMPLETED', 'FAILED']);
const START = Date.UTC(2026, 0, 1);

/**
 * The table, and the book that is kept of what must never happen. It sees every effect where it takes place, in the true
 * order of time, whatever the agents believe.
 */
export class Ledger extends MemoryRecordStore {
  readonly violations: string[] = [];
  readonly results = new Set<string>();
  readonly engineFailures = new Map<string, number>();
  readonly #publications = new Map<string, number>();
  readonly #time: VirtualTime;
  readonly #isWorking: (owner: string) => boolean;

  readonly #clocksAreTrue: boolean;

  constructor(time: VirtualTime, isWorking: (owner: string) => boolean, clocksAreTrue: boolean) {
    super();
    this.#clocksAreTrue = clocksAreTrue;
    this.#time = time;
    this.#isWorking = isWorking;
  }

  violate(what: string): void {
    this.violations.push(`${(this.#time.now / 1_000).toFixed(1)} s: ${what}`);
  }

  publications(jobId: string): number {
    return this.#publications.get(jobId) ?? 0;
  }

  async job(imageId: string, jobId: string): Promise<OcrJobRecord | null> {
    const record = await super.get(recordKeys.ocrJob(imageId, jobId));
    return record && ocrJobRecordSchema.parse(record);
  }

  override async write(write: Exclude<RecordWrite, CheckWrite>): Promise<StoredRecord | null> {
    const before = write.kind === 'update' ? await super.get(write.key) : null;
    const after = await super.write(write);
    if (after?.type === 'OCR_JOB') this.#look(before, after);
    return after;
  }

  override async transact(writes: readonly RecordWrite[]): Promise<void> {
    await super.transact(writes);
    for (const write of writes) {
      if (write.kind !== 'update' || write.set?.status !== 'OCR_DONE') continue;
      const jobId = write.key.sk.slice('OCR_JOB#'.length);
      this.#publications.set(jobId, this.publications(jobId) + 1);
      if (this.publications(jobId) > 1) this.violate(`the job ${jobId} was published twice`);
    }
  }

  async acknowledged(body: string): Promise<void> {
    const job = await this.#jobOf(body);
    if (job === null) return this.violate(`a message that fits no job was acknowledged: ${body.slice(0, 60)}`);
    if (!SETTLED.has(job.status)) this.violate(`${job.job_id} was acknowledged while it was ${job.status}`);
    if (job.status === 'OCR_DONE' && !this.results.has(job.job_id)) {
      this.violate(`${job.job_id} was acknowledged before its result was sent`);
    }
  }

  async rejected(body: string, reason: DeadLetterReason): Promise<void> {
    if (!reason.code || !reason.message) this.violate('a dead letter has no reason');
    const job = await this.#jobOf(body);
    if (job !== null && job.status !== 'FAILED') this.violate(`${job.job_id} was rejected while it was ${job.status}`);
  }

  async resultSent(imageId: string, jobId: string): Promise<void> {
    const job = await this.job(imageId, jobId);
    if (job?.status !== 'OCR_DONE' && job?.status !== 'COMPLETED') {
      this.violate(`the result of ${jobId} was sent while it was ${job?.status}`);
    }
    this.results.add(jobId);
  }

  #look(before: StoredRecord | null, after: StoredRecord): void {
    const { job_id, status, owner, expires_at, attempts } = after;
    const stolen = before?.status === 'RUNNING' && status === 'RUNNING' && before.owner !== owner;
    // Claims end by wall clocks: where one of them was set, a claim may seem to be over.
    const stillHeld = this.#clocksAreTrue && Number(before?.expires_at ?? 0) > START + this.#time.now;
    if (stolen && stillHeld && this.#isWorking(String(before?.owner)))
      this.violate(`the claim of ${job_id} was stolen`);
    if (status === 'RUNNING' && expires_at === undefined) this.violate(`${job_id} is claimed without an end`);
    const failures = this.engineFailures.get(String(job_id)) ?? 0;
    if (status === 'PENDING' && Number(attempts) > failures) {
      this.violate(
        `${job_id} counts ${attempts} failures and had ${failures}: ${after.reason_code} ${after.reason_message}`,
      );
    }
  }

  async #jobOf(body: string): Promise<OcrJobRecord | null> {
    try {
      const { image_id, job_id, s3_key, s3_bucket } = parseMessage(ocrJobMessageSchema, body);
      if (s3_key !== `raw/${image_id}` || s3_bucket !== 'raw') return null;
      return await this.job(image_id, job_id);
    } catch {
      return null; // it fits no job
    }
  }
}
