import type { FunctionPorts } from '@slipstream/pipeline';

export interface FailedImage {
  readonly image_id: string;
  readonly file_name: string | null;
  readonly reason: { readonly code: string; readonly message: string };
  readonly failed_at: string;
}

/**
 * Images of a caller whose newest job FAILED, the latest first. The index knows all of them, so a page is filtered
 * after it is read and can be short or empty while there is a cursor.
 */
export async function failedImages(
  ports: Pick<FunctionPorts, 'jobs' | 'uploads'>,
  caller: string,
  options: { readonly limit: number; readonly cursor: string | null },
): Promise<{ readonly failures: readonly FailedImage[]; readonly cursor: string | null }> {
  const page = await ports.jobs.list('FAILED', { ...options, descending: true });
  const found = await Promise.all(page.items.map((item) => failedImage(ports, caller, item)));
  return { failures: found.filter((failure) => failure !== null), cursor: page.cursor };
}

/** null where the caller did not send it, and where the index has not followed yet. */
async function failedImage(
  { jobs, uploads }: Pick<FunctionPorts, 'jobs' | 'uploads'>,
  caller: string,
  { image_id, job_id }: { readonly image_id: string; readonly job_id: string },
): Promise<FailedImage | null> {
  const [upload, job] = await Promise.all([uploads.get(image_id, caller), jobs.get(image_id, job_id)]);
  if (!upload || job?.status !== 'FAILED') return null;
  return {
    image_id,
    file_name: upload.file_name,
    reason: { code: job.reason_code ?? 'INTERNAL', message: job.reason_message ?? '' },
    failed_at: job.updated_at,
  };
}
