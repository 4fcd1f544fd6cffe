import type { Jobs } from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import { type OcrJobMessage, type Queue, SlipstreamError } from '@slipstream/shared';
import type { Claimants } from './claimants.ts';

/** Jobs looked at when an agent starts; the sweeper finds what is left. */
const LOOKED_AT_MAX = 200;

/**
 * Jobs whose owner on this machine is gone (it was killed) are sent again at once: their messages would else stay
 * invisible until their visibility timeout ends. The message that comes back then is a duplicate. A failure here is no
 * reason not to start: the queue brings the jobs back, only later.
 */
export async function recoverOrphans(ports: {
  readonly jobs: Jobs;
  readonly queue: Pick<Queue<OcrJobMessage>, 'send'>;
  readonly claimants: Claimants;
  readonly logger: Logger;
}): Promise<number> {
  const { jobs, queue, claimants, logger } = ports;
  let recovered = 0;
  try {
    const running = await jobs.list('RUNNING', { limit: LOOKED_AT_MAX });
    for (const { image_id, job_id } of running.items) {
      const job = await jobs.get(image_id, job_id);
      if (job?.status !== 'RUNNING' || job.owner === undefined || !claimants.isGone(job.owner)) continue;
      if ((await jobs.giveBack(job)) === null) continue;
      const { s3_bucket, s3_key, correlation_id } = job;
      await queue.send({ image_id, job_id, s3_bucket, s3_key }, { correlationId: correlation_id });
      recovered += 1;
    }
  } catch (thrown) {
    logger.warn({ error: SlipstreamError.from(thrown) }, 'jobs of an agent that is gone could not be looked for');
  }
  if (recovered > 0) logger.info({ recovered }, 'jobs of an agent that is gone were sent again');
  return recovered;
}
