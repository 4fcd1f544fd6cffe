import {
  deleteFailure,
  deleteImage,
  getImage,
  getOriginal,
  listFailures,
  listImages,
  postImage,
  postReprocess,
  postUpload,
} from '@slipstream/api-contract';
import { deleteImage as markDeleted } from '@slipstream/pipeline/delete-image';
import { announceUpload, type Sender, submitImage } from '@slipstream/records';
import { type AccessGrant, SlipstreamError, type UploadRecord } from '@slipstream/shared';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';
import { byteRangeOf } from './byte-range.ts';
import { dropFailure } from './drop-failure.ts';
import { endedImages } from './ended-images.ts';
import { failedImages } from './failed-images.ts';
import { mediaType, readFile } from './read-file.ts';
import type { SealedCursors } from './sealed-cursors.ts';
import { imageView, jobView, receiptViews } from './views.ts';

/** Images: whoever did not send one is told that it does not exist. */
export function addImages(api: Api, ports: ApiPorts, cursors: SealedCursors): void {
  const bodyBytesMax = ports.bodyBytesMax ?? ports.imageBytesMax;

  api.openapi(postImage, async (c) => {
    const file = await readFile(c.req.raw, { bodyBytesMax, imageBytesMax: ports.imageBytesMax });
    const file_name = c.req.valid('query').file_name ?? file.name ?? 'unnamed';
    const sender = senderOf(c.var.grant);
    const upload = { bytes: file.bytes, file_name, ...sender, correlation_id: c.var.correlation_id };
    return c.json(await submitImage(ports, upload), 202);
  });

  api.use(postUpload.path, async (c, next) => {
    if (c.req.method === 'POST') assertJson(c.req.raw);
    await next();
  });
  api.openapi(postUpload, async (c) => {
    const { file_name = 'unnamed', ...image } = c.req.valid('json');
    const upload = { ...image, file_name, ...senderOf(c.var.grant), correlation_id: c.var.correlation_id };
    return c.json(await announceUpload(ports, upload, ports.imageBytesMax), 201);
  });

  api.openapi(listImages, async (c) => {
    const { status, limit, cursor: sealed } = c.req.valid('query');
    const binding = [c.var.grant.caller, 'images', status];
    const cursor = await cursors.open(sealed, binding);
    const { images, ...page } = await endedImages(ports, c.var.grant.caller, { status, limit, cursor });
    return c.json({ images, cursor: await cursors.seal(page.cursor, binding) }, 200);
  });

  api.openapi(getImage, async (c) => {
    const { image_id } = c.req.valid('param');
    const upload = await ownUpload(ports, image_id, c.var.grant.caller);
    const { image, job } = await findImage(ports, image_id);
    const receipts = await receiptViews(ports, await ports.receipts.ofImage(image_id), c.var.grant.caller);
    return c.json(imageView(image, upload, job, receipts), 200);
  });

  api.openapi(deleteImage, async (c) => {
    const { image_id } = c.req.valid('param');
    const outcome = await markDeleted(ports, c.var.grant.caller, image_id);
    if (outcome.kind === 'absent') throw noImage(image_id);
    const isGone = outcome.kind === 'released' || (await ports.finishDeletion?.(outcome.deletion)) === true;
    return isGone ? c.body(null, 204) : c.json({ image_id, status: 'deleting' as const }, 202);
  });

  api.openapi(getOriginal, async (c) => {
    const { image_id } = c.req.valid('param');
    await ownUpload(ports, image_id, c.var.grant.caller);
    const { image } = await findImage(ports, image_id);
    const headers = {
      // What the door did not recognise is a download, never a page.
      'content-type': image.content_type ? `image/${image.content_type}` : 'application/octet-stream',
      'content-disposition': image.content_type ? 'inline' : 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
    };
    const range = byteRangeOf(c.req.header('range'), image.size, bodyBytesMax);
    if (range === null) {
      const { body } = await ports.raw.get(image.s3_key);
      return c.body(ReadableStream.from(body), 200, { ...headers, 'content-length': String(image.size) });
    }
    const { body } = await ports.raw.get(image.s3_key, { range });
    const [from, to] = range;
    const part = { 'content-range': `bytes ${from}-${to}/${image.size}`, 'content-length': String(to - from + 1) };
    return c.body(ReadableStream.from(body), 206, { ...headers, ...part });
  });

  api.openapi(listFailures, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const binding = [c.var.grant.caller, 'failures'];
    const page = await failedImages(ports, c.var.grant.caller, { limit, cursor: await cursors.open(cursor, binding) });
    return c.json({ failures: [...page.failures], cursor: await cursors.seal(page.cursor, binding) }, 200);
  });

  api.openapi(deleteFailure, async (c) => {
    const { image_id } = c.req.valid('param');
    await ownUpload(ports, image_id, c.var.grant.caller);
    return c.json({ image_id, has_ended: await dropFailure(ports, c.var.grant.caller, image_id) }, 200);
  });

  api.openapi(postReprocess, async (c) => {
    const { image_id } = c.req.valid('param');
    await ownUpload(ports, image_id, c.var.grant.caller);
    const job = await ports.jobs.reprocess(image_id, c.var.correlation_id);
    await ports.forgetLetters?.(image_id);
    const message = { image_id, job_id: job.job_id, s3_bucket: job.s3_bucket, s3_key: job.s3_key };
    if (job.status === 'PENDING') await ports.queues['ocr-queue'].send(message, { correlationId: job.correlation_id });
    return c.json(jobView(job), 202);
  });
}

function assertJson(request: Request): void {
  if (mediaType(request) === 'application/json') return;
  throw new SlipstreamError(
    'MEDIA_TYPE_UNSUPPORTED',
    'POST /uploads takes JSON: curl --json \'{"sha256": …, "size": …, "type": "jpeg"}\'. The file itself goes to POST /images.',
  );
}

function senderOf({ caller, owner_id }: AccessGrant): Sender {
  return { uploaded_by: caller, owner_id };
}

export async function ownUpload(ports: ApiPorts, imageId: string, caller: string): Promise<UploadRecord> {
  const upload = await ports.uploads.get(imageId, caller);
  if (upload) return upload;
  throw noImage(imageId);
}

function noImage(imageId: string): SlipstreamError {
  return new SlipstreamError('NOT_FOUND', `There is no image ${imageId} that you sent.`);
}

async function findImage(ports: ApiPorts, imageId: string) {
  const current = await ports.jobs.current(imageId);
  if (current) return current;
  if ((await ports.jobs.image(imageId))?.deleting_at !== undefined) throw noImage(imageId);
  throw new SlipstreamError('NOT_FOUND', `The image ${imageId} has not been taken in yet; try again in a moment.`);
}
