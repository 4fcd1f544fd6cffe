import { createResolverPorts, type ResolverSources, type SharedPorts } from '@slipstream/merchant-index';
import { ofTruncatedImage, type ReadReceipt, readDocument } from '@slipstream/receipt-parser';
import { getDocument } from '@slipstream/records';
import {
  countsAgainstJob,
  type OcrDocument,
  type OcrJobRecord,
  ocrDocumentSchema,
  ocrResultMessageSchema,
  parseMessage,
  RECEIPTS_PER_IMAGE_MAX,
  REVIEW_BELOW,
  SlipstreamError,
} from '@slipstream/shared';
import { type MessageHandler, processBatch } from '../work/message-batch.ts';
import { completeWithMerchants } from './complete-job.ts';
import type { ProcessPorts } from './process-ports.ts';
import { withPhotoHints } from './with-photo-hints.ts';

const RESERVE_MS = 10_000;

export interface ProcessOptions {
  /** A directory of businesses that is queried for unknown ones; none: they are new. */
  readonly findPlace?: ResolverSources['findPlace'];
  /** Confidence below which a receipt is put up for review although its sums hold. */
  readonly review_below?: number;
}

/** OCR results → parsed receipts → whom they are from → their documents and records, and the job COMPLETED. */
export function createProcessOcrResults(
  ports: ProcessPorts,
  { findPlace = null, review_below = REVIEW_BELOW }: ProcessOptions = {},
): MessageHandler {
  const resolver = createResolverPorts({ merchants: ports.merchants, clock: ports.clock, findPlace });
  return (messages, invocation) =>
    processBatch(messages, invocation, {
      name: 'process-ocr-results',
      ports,
      dead: ports.queues['ocr-results-queue'].dead,
      reserveMs: RESERVE_MS,
      work: async ({ body }) => {
        const { image_id, job_id } = parseMessage(ocrResultMessageSchema, body);
        const job = await ports.jobs.get(image_id, job_id);
        if (!job)
          throw new SlipstreamError('JOB_NOT_FOUND', `There is no job ${job_id}; upload the image again.`, {
            details: { image_id, job_id },
          });
        // Done already, or not published: a result that is sent twice, or by an agent that lost its lease.
        if (job.status !== 'OCR_DONE') return { image_id, job_id, status: job.status };
        const receipt_count = await completeJob(ports, resolver, job, review_below);
        return { image_id, job_id, receipt_count, status: 'COMPLETED' };
      },
    });
}

/** A failure that the job is to blame for is counted in it before the message is released. */
async function completeJob(
  ports: ProcessPorts,
  resolver: SharedPorts,
  job: OcrJobRecord,
  review_below: number,
): Promise<number> {
  try {
    const { engine, receipts } = await readReceipts(ports, job, review_below);
    const beside = await ports.degradedReadings.writesFor(job, engine);
    const outcome = await completeWithMerchants(ports, resolver, job, { receipts, beside }, review_below);
    if (outcome !== 'completed') {
      throw new SlipstreamError('CONDITION_FAILED', `The job ${job.job_id} changed while it was completed.`, {
        retry: 'later',
      });
    }
    return receipts.length;
  } catch (thrown) {
    const error = mendable(SlipstreamError.from(thrown));
    const failure = { code: error.code, message: error.message };
    if (error.retry === 'never') await ports.jobs.fail(job, failure);
    else if (countsAgainstJob(error)) await ports.jobs.noteFailure(job, failure);
    throw error;
  }
}

/** Whoever runs Slipstream mends a wrong setting; until then the receipts wait, and none of their jobs has failed. */
function mendable(error: SlipstreamError): SlipstreamError {
  if (error.code !== 'INDEX_EMBEDDING_MISMATCH') return error;
  return new SlipstreamError(error.code, error.message, { cause: error, details: error.details, retry: 'later' });
}

const receiptOn = ({ image }: OcrDocument, receipt: ReadReceipt['receipt']) =>
  image.truncated ? ofTruncatedImage(receipt) : receipt;

async function readReceipts(
  ports: ProcessPorts,
  job: OcrJobRecord,
  review_below: number,
): Promise<{ readonly engine: OcrDocument['engine']; readonly receipts: readonly ReadReceipt[] }> {
  if (!job.document_key)
    throw new SlipstreamError('DOCUMENT_INVALID', `The job ${job.job_id} names no OCR document; reprocess its image.`);
  const document = await getDocument(ports.artifacts, job.document_key, ocrDocumentSchema);
  const { engine } = document;
  const readBy = { name: engine.name, level: engine.level, degraded: engine.degraded !== undefined };
  const receipts = readDocument(document, { image_id: job.image_id, review_below }).map((read) => ({
    ...read,
    receipt: { ...withPhotoHints(receiptOn(document, read.receipt), document.quality), engine: readBy },
  }));
  if (receipts.length > RECEIPTS_PER_IMAGE_MAX) {
    throw new SlipstreamError(
      'RECEIPTS_EXCEEDED',
      `${receipts.length} receipts were found on one image, at most ${RECEIPTS_PER_IMAGE_MAX} are kept; photograph fewer at once.`,
      { details: { receipts: receipts.length } },
    );
  }
  return { engine, receipts };
}
