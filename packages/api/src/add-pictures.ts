import { getPage, getText, type ImageText } from '@slipstream/api-contract';
import { getDocument } from '@slipstream/records';
import {
  type OcrDocument,
  type OcrJobRecord,
  ocrDocumentSchema,
  SlipstreamError,
  type StoredObject,
  viewKey,
} from '@slipstream/shared';
import { ownUpload } from './add-images.ts';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';

/** Pages and words of images, each for the callers who sent the image. */
export function addPictures(api: Api, ports: ApiPorts): void {
  api.openapi(getPage, async (c) => {
    const { image_id, page } = c.req.valid('param');
    const { size } = c.req.valid('query');
    await ownUpload(ports, image_id, c.var.grant.caller);
    const view = await viewOf(ports, image_id, viewKey(image_id, page, size));
    return c.body(ReadableStream.from(view.body), 200, {
      'content-type': 'image/jpeg',
      'content-length': String(view.size),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      // Made again when the image is read again.
      'cache-control': 'private, max-age=60',
    });
  });

  api.openapi(getText, async (c) => {
    const { image_id } = c.req.valid('param');
    await ownUpload(ports, image_id, c.var.grant.caller);
    const job = await jobOfText(ports, image_id);
    if (job?.document_key === undefined) throw notRead(image_id);
    const document = await getDocument(ports.artifacts, job.document_key, ocrDocumentSchema);
    return c.json(imageText(job.job_id, document), 200);
  });
}

/** Without one it was not read yet, or by an earlier release, which made none. */
async function viewOf(ports: ApiPorts, imageId: string, key: string): Promise<StoredObject> {
  try {
    return await ports.artifacts.get(key);
  } catch (thrown) {
    if (SlipstreamError.from(thrown).code === 'OBJECT_NOT_FOUND') throw notRead(imageId);
    throw thrown;
  }
}

/** The newest job; while that has read nothing yet, the one that the receipts were made by. */
async function jobOfText(ports: ApiPorts, imageId: string): Promise<OcrJobRecord | null> {
  const current = await ports.jobs.current(imageId);
  if (!current || current.job.document_key !== undefined) return current?.job ?? null;
  const [receipt] = await ports.receipts.ofImage(imageId);
  return receipt ? ports.jobs.get(imageId, receipt.job_id) : null;
}

function notRead(imageId: string): SlipstreamError {
  return new SlipstreamError('NOT_FOUND', `The image ${imageId} has not been read yet; try again in a moment.`);
}

function imageText(job_id: string, { image, pages, lines }: OcrDocument): ImageText {
  return {
    job_id,
    pages: (pages ?? [image]).map(({ width, height }) => ({ width, height })),
    lines: lines.map(({ text, confidence, page = 0, quad, words }) => ({
      text,
      confidence,
      page,
      quad,
      words: words.map((word) => ({ text: word.text, confidence: word.confidence, quad: word.quad })),
    })),
  };
}
