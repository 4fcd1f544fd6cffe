import { isSlipstreamError } from '@slipstream/shared';

export interface ProviderFailure {
  readonly kind: 'no_key' | 'unavailable' | 'refused' | 'lost';
  readonly why: string;
  /** Whether it may have cost something. */
  readonly is_paid: boolean;
}

/** Errors of the connection after which it is certain that the request never arrived. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** What a client's error means, told without loading its classes. Never the request's content. */
export function failureOf(thrown: unknown): ProviderFailure {
  if (isSlipstreamError(thrown, 'CONFIGURATION_INVALID'))
    return { kind: 'no_key', why: thrown.message, is_paid: false };
  if (isSlipstreamError(thrown)) return { kind: 'refused', why: thrown.message, is_paid: true };
  const { status, name, message }: { status?: number; name?: string; message?: string } = Object(thrown);
  if (status !== undefined) {
    const why = `the provider answered ${status}`;
    if (status === 401 || status === 403) return { kind: 'no_key', why, is_paid: false };
    const isLater = status === 408 || status === 409 || status === 429 || status >= 500;
    return { kind: isLater ? 'unavailable' : 'refused', why, is_paid: false };
  }
  const why = String(message ?? thrown);
  const isReached = name === 'APIConnectionTimeoutError' || !UNREACHED.has(codeOf(thrown));
  return { kind: isReached ? 'lost' : 'unavailable', why, is_paid: isReached };
}

/** The system's error code, wherever in the chain of causes it is. */
function codeOf(thrown: unknown): string {
  const { code, cause }: { code?: unknown; cause?: unknown } = Object(thrown);
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : codeOf(cause);
}
