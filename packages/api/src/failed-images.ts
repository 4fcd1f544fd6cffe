import { pages } from '@slipstream/runtime';
import type { ApiPorts } from './api-ports.ts';

export interface FailedImage {
  readonly image_id: string;
  readonly file_name: string | null;
  readonly reason: { readonly code: string; readonly message: string };
  readonly failed_at: string;
}

/** Rows of other callers that are passed over for one page: an answer takes a bounded time. */
const PASSED_OVER_MAX = 1_000;

/**
 * Images of a caller whose newest job FAILED, the latest first. The index knows those of all callers, so it is read on
 * until there is something for this one; a page can be short or empty while there is a cursor.
 */
export async function failedImages(
  ports: Pick<ApiPorts, 'jobs' | 'uploads'>,
  caller: string,
  options: { readonly limit: number; readonly cursor: string | null },
): Promise<{ readonly failures: readonly FailedImage[]; readonly cursor: string | null }> {
  const { limit } = options;
  const newestFirst = pages((cursor) => ports.jobs.list('FAILED', { limit, cursor, descending: true }), options.cursor);
  let read = 0;
  for await (const page of newestFirst) {
    const found = await Promise.all(page.items.map((item) => failedImage(ports, caller, item)));
    const failures = found.filter((failure) => failure !== null);
    read += page.items.length;
    if (failures.length > 0 || read >= PASSED_OVER_MAX) return { failures, cursor: page.cursor };
  }
  return { failures: [], cursor: null };
}

/** null where the caller did not send it, it has a newer job, or the index has not followed yet. */
async function failedImage(
  { jobs, uploads }: Pick<ApiPorts, 'jobs' | 'uploads'>,
  caller: string,
  { image_id, job_id }: { readonly image_id: string; readonly job_id: string },
): Promise<FailedImage | null> {
  const [upload, current] = await Promise.all([uploads.get(image_id, caller), jobs.current(image_id)]);
  const job = current?.job;
  if (!upload || job?.job_id !== job_id || job.status !== 'FAILED') return null;
  return {
    image_id,
    file_name: upload.file_name,
    reason: { code: job.reason_code ?? 'INTERNAL', message: job.reason_message ?? '' },
    failed_at: job.updated_at,
  };
}
