import { assertNotBeingDeleted, type JobFailure, type NewImage, readAll } from '@slipstream/records';
import {
  assertImageBytes,
  ByteBudget,
  checkImage,
  IMAGE_LIMITS,
  type ImageLimits,
  sha256Hex,
} from '@slipstream/runtime';
import {
  blameOf,
  claimOfKey,
  DEFAULT_OWNER,
  type DescribedObject,
  imageIdOfRawKey,
  isCuredByBytes,
  isImageIdOf,
  isObjectFault,
  isSlipstreamError,
  type OcrJobRecord,
  ownerOfMetadata,
  SlipstreamError,
  type UploadNotice,
  type UploadRecord,
  uploadNotices,
} from '@slipstream/shared';
import { type MessageDelivery, type MessageHandler, processBatch } from '../work/message-batch.ts';
import { adoptClaimed } from './adopt-claimed.ts';
import { settleNotices } from './settle-notices.ts';
import type { SubmitPorts } from './submit-ports.ts';

/** A download of 25 MB and its hash take about a second. */
const RESERVE_MS = 5_000;

/** Images that are looked at at once, in bytes: a batch of large ones takes turns. */
const IN_MEMORY = new ByteBudget(67_108_864);

export interface SubmitOptions {
  /**
   * Who sent an image of which no record tells: on one machine its user, whose database lost the record. Without one it
   * is whom the object itself names.
   */
  readonly senderOfUnannounced?: string | null;
}

/** Object-created events → IMAGE and OCR_JOB records → ocr-queue. What is no readable image gets a FAILED job with its reason. */
export function createSubmitJob(
  ports: SubmitPorts,
  limits: ImageLimits = IMAGE_LIMITS,
  { senderOfUnannounced = null }: SubmitOptions = {},
): MessageHandler {
  return (messages, invocation) =>
    processBatch(messages, invocation, {
      name: 'submit-job',
      ports,
      dead: ports.queues['uploads-queue'].dead,
      reserveMs: RESERVE_MS,
      work: async (message, delivery) => {
        const { done, rejected } = await settleNotices(uploadNotices(message.body), delivery, (created) => {
          if (delivery.remainingMs() < RESERVE_MS) throw timeExhausted();
          return submitObject(ports, limits, created, delivery, senderOfUnannounced);
        });
        const image_ids = done.map(({ image_id }) => image_id).join(' ');
        const correlation_id = done[0]?.correlation_id ?? delivery.correlation_id;
        return { image_ids, correlation_id, ...(rejected > 0 ? { rejected } : {}) };
      },
    });
}

interface Submitted {
  readonly image_id: string;
  readonly correlation_id: string;
}

async function submitObject(
  ports: SubmitPorts,
  limits: ImageLimits,
  { bucket, key: created }: Pick<Extract<UploadNotice, { kind: 'created' }>, 'bucket' | 'key'>,
  delivery: MessageDelivery,
  senderOfUnannounced: string | null,
): Promise<Submitted> {
  // An upload under a claim: its bytes move to the image's own key.
  const claim = bucket === ports.raw.bucket ? claimOfKey(created) : null;
  const key = claim ? await adoptClaimed(ports, created, claim, limits.bytesMax) : created;
  const imageId = checkOrigin(ports, bucket, key);
  const stored = await ports.jobs.image(imageId);
  assertNotBeingDeleted(stored);
  const isDeleted = stored?.deleted_at !== undefined;
  const head = await ports.raw.head(key);
  const known = (await ports.jobs.current(imageId))?.job;
  // The same event again, or a message of several that comes again for one of them: nothing is downloaded twice. And one
  // whose object was removed after its job had failed asks for nothing any more.
  if (known && (known.status !== 'FAILED' || !head)) {
    if (known.status === 'PENDING') await queueJob(ports, known);
    return { image_id: imageId, correlation_id: known.correlation_id };
  }

  const senders = await ports.uploads.ofImage(imageId);
  if (isDeleted && senders.length === 0) {
    await removeLate(ports, imageId, head, delivery);
    return { image_id: imageId, correlation_id: delivery.correlation_id };
  }
  if (!head && senders.length === 0) throw objectGone(key);
  const correlationId = correlationOf(senders, delivery);
  const sent = originOf(senders, head);
  const origin: NewImage = {
    image_id: imageId,
    ...sent,
    s3_bucket: ports.raw.bucket,
    s3_key: key,
    size: head?.size ?? 0,
  };
  if (senders.length === 0) await noteSender(ports, origin, senderOfUnannounced);
  const verdict = head
    ? await IN_MEMORY.holding(Math.min(head.size, limits.bytesMax), () => inspect(ports, limits, origin))
    : { image: origin, failure: LOST };
  const { created: isNew, job } = await begin(ports, isDeleted, verdict, correlationId);
  const submitted: Submitted = { image_id: imageId, correlation_id: job.correlation_id };
  if (verdict.failure) return submitted;

  const isReplaced = !isNew && job.status === 'FAILED' && isCuredByBytes(job.reason_code ?? '');
  const current = isReplaced ? await ports.jobs.reprocess(imageId, correlationId, verdict.image) : job;
  if (isReplaced) await ports.forgetLetters?.(imageId);
  if (current.status === 'PENDING') await queueJob(ports, current);
  return submitted;
}

/** Its first job, or, of one that was deleted and is sent again, the first of its new life. */
async function begin(
  { jobs }: SubmitPorts,
  isDeleted: boolean,
  { image, failure }: Verdict,
  correlationId: string,
): Promise<{ readonly created: boolean; readonly job: OcrJobRecord }> {
  const revived = isDeleted ? await jobs.revive(image, correlationId) : null;
  if (revived === null) return jobs.create(image, correlationId, failure);
  if (failure) await jobs.fail(revived, failure);
  return { created: true, job: revived };
}

/**
 * The event of an upload that came before the deletion, or together with it: what it put is not anybody's. Whoever sends
 * these bytes again is noted before they are put.
 */
async function removeLate(
  ports: SubmitPorts,
  imageId: string,
  head: DescribedObject | null,
  { correlation_id }: MessageDelivery,
): Promise<void> {
  if (head) await ports.raw.delete(head.key);
  ports.logger.info(
    { image_id: imageId, correlation_id },
    'an upload of a deleted image came late and is not taken in',
  );
}

/** Its sender was told that it is here, so it is their failure to see, and not only a dead letter. */
const LOST: JobFailure = {
  code: 'OBJECT_LOST',
  message: 'The photograph was lost before it could be read: submit it again.',
};

function objectGone(key: string): SlipstreamError {
  return new SlipstreamError('OBJECT_NOT_FOUND', `The object ${key} is gone; upload the image again.`, {
    details: { key },
  });
}

async function queueJob({ queues }: SubmitPorts, job: OcrJobRecord): Promise<void> {
  const { image_id, job_id, s3_bucket, s3_key, correlation_id } = job;
  await queues['ocr-queue'].send({ image_id, job_id, s3_bucket, s3_key }, { correlationId: correlation_id });
}

function timeExhausted(): SlipstreamError {
  return new SlipstreamError('TIME_EXHAUSTED', 'No time is left for the other objects of this message.');
}

/** S3's event tells no correlation: the request that sent the image noted its own with the upload. */
function correlationOf(senders: readonly UploadRecord[], delivery: MessageDelivery): string {
  if (delivery.is_correlated) return delivery.correlation_id;
  return senders.find(({ correlation_id }) => correlation_id)?.correlation_id ?? delivery.correlation_id;
}

/** Whose an image is, and how it came in: the record of its upload says so, and the object itself where that is lost. */
function originOf(
  [upload]: readonly UploadRecord[],
  head: DescribedObject | null,
): Pick<NewImage, 'owner_id'> & Partial<Pick<NewImage, 'origin'>> {
  if (upload === undefined) return { owner_id: ownerOfMetadata(head?.metadata) ?? DEFAULT_OWNER };
  const { owner_id, file_name: name, origin_kind: kind = 'upload', created_at: received_at } = upload;
  return { owner_id, origin: { kind, name, received_at } };
}

/** The name of the file is lost with the record that told who sent it. */
async function noteSender(
  { uploads }: SubmitPorts,
  { image_id, owner_id }: Pick<NewImage, 'image_id' | 'owner_id'>,
  senderOfUnannounced: string | null,
): Promise<void> {
  const sender = senderOfUnannounced ?? (owner_id === DEFAULT_OWNER ? null : owner_id);
  if (sender === null) return;
  await uploads.note({ image_id, owner_id, uploaded_by: sender, file_name: `recovered ${image_id.slice(0, 8)}` });
}

function checkOrigin(ports: SubmitPorts, bucket: string, key: string): string {
  if (bucket !== ports.raw.bucket) {
    throw new SlipstreamError(
      'MESSAGE_BUCKET_FOREIGN',
      `The event names the bucket ${bucket}, not ${ports.raw.bucket}; it is not read.`,
      {
        details: { bucket },
      },
    );
  }
  const imageId = imageIdOfRawKey(key);
  if (imageId === null) {
    throw new SlipstreamError(
      'MESSAGE_KEY_INVALID',
      `The event names the key ${key}, which is not raw/ and an image id.`,
      { details: { key } },
    );
  }
  return imageId;
}

interface Verdict {
  readonly image: NewImage;
  readonly failure?: JobFailure;
}

/** Bytes, hash, type and pixels; nothing is decoded. A file over the limit is not even downloaded. */
async function inspect(ports: SubmitPorts, limits: ImageLimits, origin: NewImage): Promise<Verdict> {
  try {
    assertImageBytes(origin.size, limits.bytesMax);
    const bytes = await readAll(await ports.raw.get(origin.s3_key), limits.bytesMax);
    const sha256 = sha256Hex(bytes);
    if (!isImageIdOf(origin.image_id, sha256, origin.owner_id)) {
      throw new SlipstreamError(
        'IMAGE_HASH_MISMATCH',
        'The bytes stored under this id are not the ones it was made of; upload the image again.',
      );
    }
    const facts = checkImage(bytes, { bytesMax: limits.bytesMax, pixelsMax: limits.pixelsMax });
    const { type: content_type, width, height, orientation } = facts;
    return { image: { ...origin, sha256, content_type, width, height, orientation } };
  } catch (thrown) {
    // Lost since its size was asked.
    if (isObjectFault(thrown) && isCuredByBytes(thrown.code) && blameOf(thrown) === 'job')
      return { image: origin, failure: LOST };
    // Only what is wrong with the image itself is the job's failure; everything else is the message's.
    if (!isSlipstreamError(thrown) || thrown.retry !== 'never' || blameOf(thrown) !== 'input') throw thrown;
    return { image: origin, failure: { code: thrown.code, message: thrown.message } };
  }
}
