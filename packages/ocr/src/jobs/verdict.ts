import { countsAgainstJob, type SlipstreamError } from '@slipstream/shared';

/**
 * What a failure means for its job.
 * `hopeless`: the same input fails again; the job ends FAILED.
 * `counted`: it may go through next time; the job ends FAILED when there were too many.
 * `ours`: blamed on the deployment or its operator; no job may end FAILED for it.
 */
export type Verdict = 'hopeless' | 'counted' | 'ours';

export function verdictOf(error: SlipstreamError): Verdict {
  if (error.retry === 'never') return 'hopeless';
  return countsAgainstJob(error) ? 'counted' : 'ours';
}
