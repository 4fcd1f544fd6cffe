import { SlipstreamError } from '@slipstream/shared';

/**
 * What a failed call may have done, and whether trying again can help:
 * `refused`    nothing happened; AWS asks for a slower pace, or somebody else is at the same record.
 * `unreached`  nothing happened; no connection came about.
 * `skewed`     nothing happened; the SDK has learned AWS's time from the answer.
 * `doubtful`   it may have happened: no answer came, or one that says that AWS failed.
 * `final`      trying again changes nothing.
 */
export type FailureKind = 'refused' | 'unreached' | 'skewed' | 'doubtful' | 'final';

export const BUSY =
  /(Throttl|SlowDown|RequestLimitExceeded|OverLimit|TooManyRequests|ProvisionedThroughputExceeded|KmsThrottled)/;
/** Two writers at one record or object: one of them has to come again. */
const CONFLICT =
  /^(TransactionConflictException|TransactionInProgressException|ConditionalRequestConflict|OperationAborted)$/;
const UNREACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/;
const UNANSWERED = /^(ECONNRESET|EPIPE|ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/;
const SKEW =
  /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|AuthFailure|InvalidSignatureException|SignatureDoesNotMatch)$/;

export function failureKind(thrown: unknown): FailureKind {
  if (!(thrown instanceof Error) || thrown instanceof SlipstreamError) return 'final';
  const { name } = thrown;
  if (BUSY.test(name) || CONFLICT.test(name)) return 'refused';
  const reasons = cancellationCodes(thrown);
  if (reasons.length > 0) return isWorthRepeating(reasons) ? 'refused' : 'final';
  if (SKEW.test(name) && metadataOf(thrown).clockSkewCorrected === true) return 'skewed';
  const code = codeOf(thrown);
  if (UNREACHED.test(code)) return 'unreached';
  if (name === 'TimeoutError' || UNANSWERED.test(code)) return 'doubtful';
  const status = statusOf(thrown);
  if (status === 429) return 'refused';
  return status !== null && status >= 500 ? 'doubtful' : 'final';
}

/** A cancelled transaction: conflicts and throttling pass, a condition that does not hold stays so. */
function isWorthRepeating(reasons: readonly string[]): boolean {
  const causes = reasons.filter((code) => code !== 'None');
  return causes.length > 0 && causes.every((code) => code === 'TransactionConflict' || BUSY.test(code));
}

function cancellationCodes(thrown: Error): readonly string[] {
  const reasons: unknown = 'CancellationReasons' in thrown ? thrown.CancellationReasons : null;
  return Array.isArray(reasons) ? reasons.map((reason) => String(reason?.Code ?? 'None')) : [];
}

/** null: there was no answer. */
export function statusOf(thrown: unknown): number | null {
  const status = thrown instanceof Error ? metadataOf(thrown).httpStatusCode : null;
  return typeof status === 'number' ? status : null;
}

function metadataOf(thrown: Error): { readonly httpStatusCode?: unknown; readonly clockSkewCorrected?: unknown } {
  const metadata: unknown = '$metadata' in thrown ? thrown.$metadata : null;
  return typeof metadata === 'object' && metadata !== null ? metadata : {};
}

function codeOf(thrown: Error): string {
  return 'code' in thrown ? String(thrown.code) : '';
}
