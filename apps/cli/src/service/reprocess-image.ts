import type { WorkPorts } from '@slipstream/pipeline';
import type { OcrJobRecord } from '@slipstream/shared';
import type { Operations } from '../home/operations.ts';

/** A new job for an image whose last one has ended, and its message; while one is PENDING only the message again. */
export async function reprocessImage(
  home: Pick<Operations, 'jobs' | 'queues'> & Pick<WorkPorts, 'forgetLetters'>,
  imageId: string,
  correlationId: string,
): Promise<OcrJobRecord> {
  const job = await home.jobs.reprocess(imageId, correlationId);
  await home.forgetLetters?.(imageId);
  if (job.status === 'PENDING') {
    const message = { image_id: imageId, job_id: job.job_id, s3_bucket: job.s3_bucket, s3_key: job.s3_key };
    await home.queues['ocr-queue'].send(message, { correlationId: job.correlation_id });
  }
  return job;
}
