import type { OcrJobRecord } from './records.ts';

/**
 * Two columns of a stored job differ by one letter: `attempt` is the number of its claim, `attempts` counts its failures.
 * Every release has written them so; code names them as follows, and nowhere else by their stored names.
 */

/** Fencing number: raised by every claim of the job; a publication has to name it. */
export function claimNumberOf(job: Pick<OcrJobRecord, 'attempt'>): number {
  return job.attempt;
}

/** As it is stored, to be set or to condition a write on. */
export function claimNumberColumn(claimNumber: number): Pick<OcrJobRecord, 'attempt'> {
  return { attempt: claimNumber };
}

/** Failures so far; a lost lease is none. */
export function failureCountOf(job: Pick<OcrJobRecord, 'attempts'>): number {
  return job.attempts;
}

/** As it is stored, to be set. */
export function failureCountColumn(failureCount: number): Pick<OcrJobRecord, 'attempts'> {
  return { attempts: failureCount };
}
