import type { ApiPorts } from './api-ports.ts';

/**
 * Takes an image's failure, and its dead letters where they may be read, out of the lists: what its sender sent since
 * takes its place. One that others sent as well stays for them. False while its job is under way, which may fail yet.
 */
export async function dropFailure(
  ports: Pick<ApiPorts, 'jobs' | 'uploads' | 'forgetLetters'>,
  caller: string,
  imageId: string,
): Promise<boolean> {
  const job = (await ports.jobs.current(imageId))?.job;
  if (job && job.status !== 'FAILED' && job.status !== 'COMPLETED') return false;
  const senders = await ports.uploads.ofImage(imageId);
  if (senders.some(({ uploaded_by }) => uploaded_by !== caller)) return true;
  if (job?.status === 'FAILED') await ports.jobs.supersede(job);
  await ports.forgetLetters?.(imageId);
  return true;
}
