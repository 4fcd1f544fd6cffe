import { ERROR_MEANINGS, type ErrorCode } from './error-codes.ts';

/** `never`: the same input fails again. `later`: after a pause it may go through. `now`: try again at once. */
export type RetryVerdict = 'never' | 'later' | 'now';

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

export interface SlipstreamErrorOptions {
  readonly cause?: unknown;
  /** Ids, sizes, limits. Never a secret, never a receipt's text: details are logged and stored. */
  readonly details?: ErrorDetails;
  /** Overrides the code's own verdict. */
  readonly retry?: RetryVerdict;
}

/** The one error type. The message says what happened, to what, and what to do. */
export class SlipstreamError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly retry: RetryVerdict;

  constructor(code: ErrorCode, message: string, options: SlipstreamErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SlipstreamError';
    this.code = code;
    this.details = options.details ?? {};
    this.retry = options.retry ?? ERROR_MEANINGS[code].retry;
  }

  /** Whatever was thrown, as a SlipstreamError; what is not one becomes INTERNAL (or `fallback`) with its cause kept. */
  static from(thrown: unknown, fallback: ErrorCode = 'INTERNAL'): SlipstreamError {
    if (thrown instanceof SlipstreamError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new SlipstreamError(fallback, message, { cause: thrown });
  }
}

export function isSlipstreamError(thrown: unknown, code?: ErrorCode): thrown is SlipstreamError {
  return thrown instanceof SlipstreamError && (code === undefined || thrown.code === code);
}
