import type {
  Clock,
  CompactionMessage,
  JobStatus,
  ObjectStore,
  OcrJobMessage,
  OcrJobRecord,
  OcrResultMessage,
  Queue,
  ValidateMessage,
} from '@slipstream/shared';
import type { Agents } from '../repositories/agents.ts';
import type { CompactionRuns } from '../repositories/compaction-runs.ts';
import type { DegradedReadings } from '../repositories/degraded-readings.ts';
import type { InstantRange } from '../repositories/instant-range.ts';
import type { Jobs } from '../repositories/jobs.ts';
import type { Receipts } from '../repositories/receipts.ts';
import type { SweepPositions } from '../repositories/sweep-positions.ts';
import type { Uploads } from '../repositories/uploads.ts';
import { fillImages } from './fill-images.ts';
import { isDue, isInFuture, standing, sweepOne } from './standing.ts';
import { sweepDegraded } from './sweep-degraded.ts';
import { sweepDocuments } from './sweep-documents.ts';
import { sweepRuns } from './sweep-runs.ts';

export interface SweeperPorts {
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly uploads: Pick<Uploads, 'ofImage' | 'noteOwner'>;
  readonly ocrQueue: Queue<OcrJobMessage>;
  readonly ocrResultsQueue: Queue<OcrResultMessage>;
  readonly validateQueue: Queue<ValidateMessage>;
  readonly agents: Pick<Agents, 'list'>;
  readonly degradedReadings: DegradedReadings;
  readonly compactionRuns: CompactionRuns;
  readonly compactionQueue: Queue<CompactionMessage>;
  readonly artifacts: Pick<ObjectStore, 'list' | 'delete'>;
  readonly sweepPositions: SweepPositions;
  readonly clock: Clock;
}

export interface SweepLimits {
  /** How long a state may stand still before it is sent on; doubled by each sending of the same state. */
  readonly stalledAfterMs: number;
  /** Sendings of one state before its job is given up: with doubling, ten are more than a queue's retention of 14 days. */
  readonly sweepsMax: number;
  /** Records looked at in one sweep and state, so that one sweep always ends. */
  readonly recordsMax: number;
  /** True when no time is left: what remains is the next sweep's. */
  readonly isTimeOver?: () => boolean;
}

export const SWEEP_LIMITS: SweepLimits = { stalledAfterMs: 300_000, sweepsMax: 12, recordsMax: 10_000 };

const PAGE_ROWS = 200;

export interface SweepCounts {
  jobs_sent: number;
  results_sent: number;
  validations_sent: number;
  runs_sent: number;
  given_up: number;
  /** Records that are damaged: one of them holds up no other. */
  skipped: number;
  documents_removed: number;
  /** Images that are read again because their engine was not well. */
  rereads_sent: number;
  /** Agents whose engine is not well at present. */
  engines_degraded: number;
  outcomes_filled: number;
  owners_filled: number;
}

/** The counts while a sweep runs. */
export interface SweepTally extends SweepCounts {
  /** Keys of the damaged records that were counted. */
  readonly faulty: Set<string>;
}

export const NOTHING_SWEPT: Readonly<SweepCounts> = {
  jobs_sent: 0,
  results_sent: 0,
  validations_sent: 0,
  runs_sent: 0,
  given_up: 0,
  documents_removed: 0,
  rereads_sent: 0,
  engines_degraded: 0,
  outcomes_filled: 0,
  owners_filled: 0,
  skipped: 0,
};

/**
 * Requeues whatever stands still: PENDING and expired RUNNING jobs to the ocr-queue, OCR_DONE to the results queue,
 * NEW receipts to the validate queue, PENDING runs to the compaction queue. A message that was not lost after all is a
 * duplicate, which every consumer endures. After `sweepsMax` sendings the job, or the run, is FAILED with that reason.
 * Documents that no record names any more are deleted.
 */
export async function sweep(ports: SweeperPorts, limits: SweepLimits = SWEEP_LIMITS): Promise<SweepCounts> {
  const tally: SweepTally = { ...NOTHING_SWEPT, faulty: new Set() };
  for (const status of ['PENDING', 'RUNNING', 'OCR_DONE'] as const) await sweepJobs(ports, limits, status, tally);
  await sweepRoutings(ports, limits, tally);
  await sweepRuns(ports, limits, tally);
  await sweepDocuments(ports, limits, tally);
  await sweepDegraded(ports, limits, tally);
  await fillImages(ports, limits, tally);
  const { faulty: _, ...counts } = tally;
  return counts;
}

async function sweepJobs(
  ports: SweeperPorts,
  limits: SweepLimits,
  status: JobStatus,
  counts: SweepTally,
): Promise<void> {
  const readPage = (times: InstantRange, cursor: string | null) =>
    ports.jobs.list(status, { limit: PAGE_ROWS, cursor, ...times });
  for await (const { image_id, job_id } of standing(ports, limits, readPage)) {
    if (limits.isTimeOver?.()) return;
    await sweepOne(counts, async () => {
      const job = await ports.jobs.get(image_id, job_id);
      if (job?.status === status && isStalled(ports.clock, limits, job)) await sweepJob(ports, limits, job, counts);
    });
  }
}

async function sweepJob(
  ports: SweeperPorts,
  limits: SweepLimits,
  job: OcrJobRecord,
  counts: SweepTally,
): Promise<void> {
  if (job.sweeps >= limits.sweepsMax) {
    if (await ports.jobs.fail(job, stalledReason(job))) counts.given_up += 1;
    return;
  }
  // Counted first: a crash in between skips one sending, which the next sweep makes up for.
  if (!(await countSweep(ports, limits, job))) return;
  const { image_id, job_id, s3_bucket, s3_key } = job;
  const options = { correlationId: job.correlation_id };
  if (job.status === 'OCR_DONE') {
    await ports.ocrResultsQueue.send({ image_id, job_id }, options);
    counts.results_sent += 1;
  } else {
    await ports.ocrQueue.send({ image_id, job_id, s3_bucket, s3_key }, options);
    counts.jobs_sent += 1;
  }
}

/** A claim that was made in the future would hold until then, whatever has become of its owner: it is taken back. */
async function countSweep({ jobs, clock }: SweeperPorts, limits: SweepLimits, job: OcrJobRecord): Promise<boolean> {
  const isHeld = job.status === 'RUNNING' && isInFuture(clock, limits, job.updated_at);
  return (await (isHeld ? jobs.giveBack(job) : jobs.countSweep(job))) !== null;
}

function isStalled(clock: Clock, limits: SweepLimits, job: OcrJobRecord): boolean {
  const isClaimed = job.status === 'RUNNING' && (job.expires_at ?? 0) > clock.now();
  if (isClaimed && !isInFuture(clock, limits, job.updated_at)) return false;
  return isDue(clock, limits, job);
}

function stalledReason(job: OcrJobRecord): { code: string; message: string } {
  const waitsFor = job.status === 'OCR_DONE' ? 'its result to be processed' : 'an OCR agent';
  const last = job.reason_message ? ` The last failure was: ${job.reason_message}` : '';
  return {
    code: 'STALLED',
    message: `It waited for ${waitsFor} and was sent ${job.sweeps} times in vain. Start an agent (receipt-ocr --continuous), then reprocess it.${last}`,
  };
}

async function sweepRoutings(ports: SweeperPorts, limits: SweepLimits, counts: SweepTally): Promise<void> {
  const readPage = (times: InstantRange, cursor: string | null) =>
    ports.receipts.openRoutings(times, { limit: PAGE_ROWS, cursor });
  for await (const { image_id, job_id } of standing(ports, limits, readPage)) {
    if (limits.isTimeOver?.()) return;
    await sweepOne(counts, () => sweepRouting(ports, limits, { image_id, job_id }, counts));
  }
}

async function sweepRouting(
  ports: SweeperPorts,
  limits: SweepLimits,
  { image_id, job_id }: { readonly image_id: string; readonly job_id: string },
  counts: SweepTally,
): Promise<void> {
  const job = await ports.jobs.get(image_id, job_id);
  const routing = await ports.receipts.routing(image_id, job_id);
  // Until the job is COMPLETED its own state is what is sent on.
  if (job?.status !== 'COMPLETED' || routing?.status !== 'PENDING') return;
  if (!isDue(ports.clock, limits, routing)) return;
  const unsettled = await ports.receipts.closeRouting(image_id, job_id);
  if (unsettled.length === 0) return;
  if (routing.sweeps >= limits.sweepsMax) {
    // Nobody validated them: a person has to look.
    for (const record of unsettled) await ports.receipts.settle(record, 'NEEDS_REVIEW');
    counts.given_up += unsettled.length;
    return;
  }
  if (!(await ports.receipts.countRoutingSweep(routing))) return;
  for (const { receipt_id, revision } of unsettled) {
    await ports.validateQueue.send({ image_id, receipt_id, revision }, { correlationId: job.correlation_id });
    counts.validations_sent += 1;
  }
}
