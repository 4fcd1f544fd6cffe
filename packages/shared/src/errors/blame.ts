import { type Blame, ERROR_MEANINGS, type ErrorMeaning, isErrorCode } from './error-codes.ts';
import { SlipstreamError } from './slipstream-error.ts';

/** Whose fault it is; what Slipstream did not raise is blamed on the work that it came from. */
export function blameOf(thrown: unknown): Blame {
  return ERROR_MEANINGS[SlipstreamError.from(thrown).code].blame;
}

/** Whether a job may end FAILED for failures like this one; false for those of the deployment and its operator. */
export function countsAgainstJob(thrown: unknown): boolean {
  const blame = blameOf(thrown);
  return blame === 'input' || blame === 'job';
}

/** Whether one object is at fault: missing, unreadable, torn, or not what it should be. The others are well. */
export function isObjectFault(thrown: unknown): thrown is SlipstreamError {
  if (!(thrown instanceof SlipstreamError)) return false;
  const { oneObject }: ErrorMeaning = ERROR_MEANINGS[thrown.code];
  return oneObject === true;
}

/** Whether a job that failed with this code can go through once the right bytes are there. */
export function isCuredByBytes(code: string): boolean {
  if (!isErrorCode(code)) return false;
  const { bytesCure }: ErrorMeaning = ERROR_MEANINGS[code];
  return bytesCure === true;
}
