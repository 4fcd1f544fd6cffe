import type { Handled, Lease } from '@slipstream/queue-worker';
import {
  claimNumberOf,
  type Delivery,
  type OcrJobMessage,
  type OcrJobRecord,
  ocrDocumentKey,
  qualityHints,
  SlipstreamError,
  viewKey,
} from '@slipstream/shared';
import type { EngineImage } from '../pictures/engine-image.ts';
import { checkMessage } from './check-message.ts';
import type { Claimant } from './claimants.ts';
import { concludeFailure, rejected, retriedLater } from './conclude-failure.ts';
import type { JobPorts } from './job-ports.ts';
import { loadImage } from './load-image.ts';
import { verdictOf } from './verdict.ts';

/** A job that is claimed again and again without ever failing or ending takes its agent down each time. */
export const JOB_CLAIMS_MAX = 50;
/** A held job is looked at again this much after its claim ends, so that the claim has really ended. */
const AFTER_EXPIRY_MS = 500;
/** And never later than this: its owner may end early, or its clock may be wrong. */
const HELD_MS_MAX = 900_000;

/**
 * One delivery of the ocr-queue, from the door to its settlement. Effects come in this order, each of them harmless when
 * repeated: claim, document, publication, result message, settlement. What is published is published once: by the
 * conditional write of `Jobs.publish`.
 */
export async function processJob(ports: JobPorts, lease: Lease): Promise<Handled> {
  const claimant = ports.claimants.next();
  try {
    const message = checkMessage(lease.delivery.body, ports.raw.bucket);
    return await processMessage(ports, lease, message, claimant);
  } catch (thrown) {
    // Nothing is claimed here: what fails a claimed job is concluded in workOn.
    const error = SlipstreamError.from(thrown);
    return verdictOf(error) === 'hopeless'
      ? rejected(ports, error, lease.delivery)
      : retriedLater(ports, error, lease.delivery.receiveCount);
  } finally {
    claimant.end();
  }
}

async function processMessage(
  ports: JobPorts,
  lease: Lease,
  message: OcrJobMessage,
  claimant: Claimant,
): Promise<Handled> {
  const claim = await ports.jobs.claim(message.image_id, message.job_id, {
    owner: claimant.owner,
    expires_at: lease.expiresAt,
    isGone: (owner) => ports.claimants.isGone(owner),
  });
  switch (claim.kind) {
    case 'settled':
      if (claim.job.status === 'OCR_DONE') await sendResult(ports, claim.job);
      return { settlement: { kind: 'ack' }, outcome: 'unneeded' };
    case 'held': {
      const left_ms = Math.max(0, claim.expires_at - ports.clock.now()) + AFTER_EXPIRY_MS;
      const delay_ms = Math.min(Math.ceil(left_ms), HELD_MS_MAX);
      return { settlement: { kind: 'release', delay_ms }, outcome: 'unneeded' };
    }
    case 'claimed':
      lease.attachClaim((expiresAt) => ports.jobs.renew(claim.job, expiresAt));
      return workOn(ports, lease, claim.job);
  }
}

async function workOn(ports: JobPorts, lease: Lease, job: OcrJobRecord): Promise<Handled> {
  try {
    if (claimNumberOf(job) > JOB_CLAIMS_MAX) throw endless(job);
    const read = await recogniseInto(ports, lease, job);
    await lease.confirm();
    return await publish(ports, lease.delivery, job, read);
  } catch (thrown) {
    return concludeFailure(ports, lease, job, SlipstreamError.from(thrown));
  }
}

/** Where the document lies, and what is wrong with the photograph. */
interface ReadInto {
  readonly key: string;
  readonly hints: readonly string[];
}

/** Reads the image and writes what was read under this claim's own key, which nothing names until it is published. */
async function recogniseInto(ports: JobPorts, lease: Lease, job: OcrJobRecord): Promise<ReadInto> {
  const image = await loadImage(ports, job, lease.signal);
  const read = await ports.recognise(image, lease.signal);
  const document = image.truncated ? { ...read, image: { ...read.image, truncated: true } } : read;
  lease.signal.throwIfAborted();
  await writeViews(ports, image, lease.signal);
  const key = ocrDocumentKey(job.image_id, job.job_id, claimNumberOf(job));
  await ports.writeDocument(key, document);
  return { key, hints: qualityHints(document.quality).map(({ code }) => code) };
}

/** Before the publication: what is announced as read can be looked at. Repeated, the same views go to the same keys. */
async function writeViews({ views, writeView }: JobPorts, image: EngineImage, signal: AbortSignal): Promise<void> {
  if (views === undefined || writeView === undefined) return;
  for (const [page, { full, thumb }] of (await views(image, signal)).entries()) {
    await writeView(viewKey(image.image_id, page, 'full'), full);
    await writeView(viewKey(image.image_id, page, 'thumb'), thumb);
  }
}

async function publish(ports: JobPorts, delivery: Delivery, job: OcrJobRecord, read: ReadInto): Promise<Handled> {
  const published = await ports.jobs.publish(job, read.key, read.hints);
  if (published === null) {
    // Somebody else has the job, or it has ended meanwhile: the message's next receipt says which.
    return { settlement: { kind: 'release', delay_ms: 0 }, outcome: 'called-off' };
  }
  try {
    await sendResult(ports, published);
  } catch (thrown) {
    // Published it is; the next receipt finds OCR_DONE and sends the result.
    return retriedLater(ports, SlipstreamError.from(thrown), delivery.receiveCount);
  }
  return { settlement: { kind: 'ack' }, outcome: 'done' };
}

async function sendResult(ports: JobPorts, job: OcrJobRecord): Promise<void> {
  const { image_id, job_id, correlation_id } = job;
  await ports.results.send({ image_id, job_id }, { correlationId: correlation_id });
}

function endless(job: OcrJobRecord): SlipstreamError {
  return new SlipstreamError(
    'ATTEMPTS_EXHAUSTED',
    `It was begun ${claimNumberOf(job) - 1} times and never ended: the image may take the agent down. Look at its log, then reprocess it.`,
    { details: { claims: claimNumberOf(job) - 1 } },
  );
}
