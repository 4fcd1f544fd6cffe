import type { ErrorCode, SlipstreamError } from '@slipstream/shared';

/**
 * Whose failure it is.
 * `hopeless`: the image's or the message's; the same input fails again.
 * `counted`: it may go through next time, but not for ever.
 * `ours`: this machine's, its network's or the store's; no job may end FAILED for it.
 */
export type Verdict = 'hopeless' | 'counted' | 'ours';

const OURS: ReadonlySet<ErrorCode> = new Set([
  'STORE_BUSY',
  'STORE_UNAVAILABLE',
  'CREDENTIALS_EXPIRED',
  'ACCESS_DENIED',
  'ENGINE_UNAVAILABLE',
  'ABORTED',
]);

export function verdictOf(error: SlipstreamError): Verdict {
  if (OURS.has(error.code)) return 'ours';
  return error.retry === 'never' ? 'hopeless' : 'counted';
}
