import { parseDocument } from '@slipstream/receipt-parser';
import {
  getDocument,
  type OcrJobRecord,
  ocrDocumentSchema,
  ocrResultMessageSchema,
  parseMessage,
  RECEIPTS_PER_IMAGE_MAX,
  type Receipt,
  SlipstreamError,
} from '@slipstream/shared';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { FunctionPorts, InvocationContext } from '../runtime/function-ports.ts';
import { processBatch } from '../runtime/sqs-batch.ts';

const RESERVE_MS = 10_000;

/** OCR results → parsed receipts → their documents and records, and the job COMPLETED. */
export function createProcessOcrResults(
  ports: FunctionPorts,
): (event: SQSEvent, context: InvocationContext) => Promise<SQSBatchResponse> {
  return (event, context) =>
    processBatch(event, context, {
      name: 'process-ocr-results',
      ports,
      queue: () => ports.queues.ocrResults,
      reserveMs: RESERVE_MS,
      work: async (record) => {
        const { image_id, job_id } = parseMessage(ocrResultMessageSchema, record.body);
        const job = await ports.jobs.get(image_id, job_id);
        if (!job)
          throw new SlipstreamError('JOB_NOT_FOUND', `There is no job ${job_id}; upload the image again.`, {
            details: { image_id, job_id },
          });
        // Done already, or not published: a result that is sent twice, or by an agent that lost its lease.
        if (job.status !== 'OCR_DONE') return { image_id, job_id, status: job.status };
        const receipt_count = await completeJob(ports, job);
        return { image_id, job_id, receipt_count, status: 'COMPLETED' };
      },
    });
}

/** A failure is counted in the job before it is told to the queue. */
async function completeJob(ports: FunctionPorts, job: OcrJobRecord): Promise<number> {
  try {
    const receipts = await readReceipts(ports, job);
    if ((await ports.receipts.complete(job, receipts)) !== 'completed') {
      throw new SlipstreamError('CONDITION_FAILED', `The job ${job.job_id} changed while it was completed.`, {
        retry: 'later',
      });
    }
    return receipts.length;
  } catch (thrown) {
    const error = SlipstreamError.from(thrown);
    const failure = { code: error.code, message: error.message };
    if (error.retry === 'never') await ports.jobs.fail(job, failure);
    // Moved on by somebody else, or the store's own trouble: no failure of this job.
    else if (!['CONDITION_FAILED', 'STORE_BUSY', 'STORE_UNAVAILABLE'].includes(error.code))
      await ports.jobs.noteFailure(job, failure);
    throw error;
  }
}

async function readReceipts(ports: FunctionPorts, job: OcrJobRecord): Promise<readonly Receipt[]> {
  if (!job.document_key)
    throw new SlipstreamError('DOCUMENT_INVALID', `The job ${job.job_id} names no OCR document; reprocess its image.`);
  const document = await getDocument(ports.artifacts, job.document_key, ocrDocumentSchema);
  const receipts = parseDocument(document, { image_id: job.image_id });
  if (receipts.length > RECEIPTS_PER_IMAGE_MAX) {
    throw new SlipstreamError(
      'RECEIPTS_EXCEEDED',
      `${receipts.length} receipts were found on one image, at most ${RECEIPTS_PER_IMAGE_MAX} are kept; photograph fewer at once.`,
      { details: { receipts: receipts.length } },
    );
  }
  return receipts;
}
