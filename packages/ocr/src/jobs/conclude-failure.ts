import type { Handled, Lease } from '@slipstream/queue-worker';
import type { JobFailure } from '@slipstream/records';
import { backoffMs } from '@slipstream/runtime';
import { type Delivery, failureCountOf, type OcrJobRecord, SlipstreamError } from '@slipstream/shared';
import type { JobPorts } from './job-ports.ts';
import { verdictOf } from './verdict.ts';

/** After a failure of a job: 5 s, 10 s, … with jitter; SQS delays a message by 12 hours at most. */
const JOB_BACKOFF = { firstMs: 5_000, lastMs: 900_000 };
/** After a failure that is not the job's: the agent's own hold-off decides when messages are taken again. */
const OUR_BACKOFF = { firstMs: 2_000, lastMs: 60_000 };

type ConcludingPorts = Pick<JobPorts, 'jobs' | 'engine' | 'random'>;

/** What becomes of a claimed job whose work ended with an error: the record first, the message afterwards. */
export async function concludeFailure(
  ports: ConcludingPorts,
  lease: Lease,
  job: OcrJobRecord,
  error: SlipstreamError,
): Promise<Handled> {
  try {
    if (lease.lost !== null) return await concludeLostLease(ports, lease, job);
    switch (verdictOf(error)) {
      case 'hopeless':
        return await concludeHopeless(ports, lease.delivery, job, error);
      case 'counted':
        return await concludeCounted(ports, lease.delivery, job, error);
      case 'ours':
        await ports.jobs.giveBack(job);
        return retriedLater(ports, error, lease.delivery.receiveCount);
    }
  } catch (thrown) {
    // The record could not be written: the claim ends by itself, and the message comes back.
    return retriedLater(ports, SlipstreamError.from(thrown), lease.delivery.receiveCount);
  }
}

/** Calling work off is no failure of the job, unless it took all the time there is. */
async function concludeLostLease(ports: ConcludingPorts, lease: Lease, job: OcrJobRecord): Promise<Handled> {
  if (lease.lost === 'exhausted') return concludeCounted(ports, lease.delivery, job, heldTooLong());
  await ports.jobs.giveBack(job);
  return { settlement: { kind: 'release', delay_ms: 0 }, outcome: 'called-off' };
}

async function concludeHopeless(
  ports: ConcludingPorts,
  delivery: Delivery,
  job: OcrJobRecord,
  error: SlipstreamError,
): Promise<Handled> {
  const failed = await ports.jobs.failOwned(job, failureOf(error));
  return failed === null ? takenOver() : rejected(ports, error, delivery, job);
}

async function concludeCounted(
  ports: ConcludingPorts,
  delivery: Delivery,
  job: OcrJobRecord,
  error: SlipstreamError,
): Promise<Handled> {
  const left = await ports.jobs.giveBack(job, failureOf(error));
  if (left === null) return takenOver();
  if (left.status === 'FAILED') return rejected(ports, error, delivery, left);
  const delay_ms = backoffMs(failureCountOf(left), JOB_BACKOFF, ports.random);
  return { settlement: { kind: 'release', delay_ms }, outcome: 'retried', error };
}

/** To the dead letters, with what helps to find the cause. */
export function rejected(
  ports: ConcludingPorts,
  error: SlipstreamError,
  delivery: Delivery,
  job?: OcrJobRecord,
): Handled {
  const { code, message } = job?.reason_message ? failureOfJob(job) : error;
  const ids = job && { image_id: job.image_id, job_id: job.job_id, input_key: job.s3_key };
  const details = {
    ...error.details,
    ...ids,
    engine: `${ports.engine.name} ${ports.engine.version}`,
    receive_count: delivery.receiveCount,
  };
  return { settlement: { kind: 'reject', reason: { code, message, details } }, outcome: 'failed', error };
}

/** The message comes back, and where the failure is ours, the worker waits until it has passed. */
export function retriedLater(
  ports: Pick<ConcludingPorts, 'random'>,
  error: SlipstreamError,
  receiveCount: number,
): Handled {
  const delay_ms = backoffMs(receiveCount, OUR_BACKOFF, ports.random);
  return { settlement: { kind: 'release', delay_ms }, outcome: 'retried', error, trouble: verdictOf(error) === 'ours' };
}

/** Somebody else has the job by now: the message's next receipt finds out what has become of it. */
function takenOver(): Handled {
  return { settlement: { kind: 'release', delay_ms: 0 }, outcome: 'called-off' };
}

function failureOf({ code, message }: SlipstreamError): JobFailure {
  return { code, message };
}

function failureOfJob(job: OcrJobRecord): JobFailure {
  return { code: job.reason_code ?? 'INTERNAL', message: job.reason_message ?? '' };
}

function heldTooLong(): SlipstreamError {
  return new SlipstreamError('TIME_EXHAUSTED', 'The image was in hand for as long as a message may be held.');
}
