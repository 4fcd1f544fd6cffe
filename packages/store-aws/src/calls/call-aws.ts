import { type BackoffLimits, backoffMs } from '@slipstream/runtime';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { failureKind } from './failure-kind.ts';
import { toStoreError } from './to-store-error.ts';

/** What every call of one adapter has in common. */
export interface CallBounds {
  readonly clock: Clock;
  /** Epoch milliseconds. */
  readonly deadline?: () => number;
  readonly profile?: string;
  readonly random?: () => number;
}

export interface AwsCall<T> {
  /** For the error: "reading a record of the table receipts". */
  readonly what: string;
  readonly send: (attempt: Attempt) => Promise<T>;
  /** False where a second effect would be wrong: then it is repeated only when the first attempt had none. */
  readonly isRepeatable?: boolean;
  /** Ends the call, as `ABORTED`. */
  readonly signal?: AbortSignal;
}

export interface Attempt {
  readonly signal: AbortSignal;
  /** An attempt before this one may have had its effect, though no answer came. */
  readonly isInDoubt: boolean;
}

/** One call with all its attempts; a caller's deadline may leave less. */
const CALL_MS_MAX = 40_000;
const ATTEMPTS_MAX = 6;
const BACKOFF: BackoffLimits = { firstMs: 120, lastMs: 5_000, jitter: 'full' };
/** A throttled table or queue needs longer. */
const REFUSED_BACKOFF: BackoffLimits = { ...BACKOFF, firstMs: 300 };

/** Makes a call, and makes it again after a failure that passes, as long as there is time. What it throws is ours. */
export async function callAws<T>(call: AwsCall<T>, bounds: CallBounds): Promise<T> {
  const { clock, profile } = bounds;
  const granted_ms = (bounds.deadline?.() ?? Number.POSITIVE_INFINITY) - clock.now();
  if (granted_ms <= 0) throw timeExhausted(call.what);
  const left_ms = Math.min(CALL_MS_MAX, granted_ms);
  const endsAt = clock.monotonic() + left_ms;
  const settled = new AbortController();
  const timeOver = new AbortController();
  void clock.sleep(left_ms, settled.signal).then(() => {
    // Once it is settled the signal still belongs to an object's body, which is read after the call.
    if (!settled.signal.aborted) timeOver.abort();
  });
  const signal = call.signal ? AbortSignal.any([timeOver.signal, call.signal]) : timeOver.signal;
  let isInDoubt = false;
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call.send({ signal, isInDoubt });
      } catch (thrown) {
        if (call.signal?.aborted)
          throw new SlipstreamError('ABORTED', `${call.what} was called off.`, { cause: thrown });
        if (timeOver.signal.aborted) {
          throw granted_ms <= CALL_MS_MAX ? timeExhausted(call.what, thrown) : unanswered(call.what, thrown);
        }
        const kind = failureKind(thrown);
        const isFinal = kind === 'final' || (kind === 'doubtful' && call.isRepeatable === false);
        const wait_ms = backoffMs(attempt, kind === 'refused' ? REFUSED_BACKOFF : BACKOFF, bounds.random);
        const isTooLate = clock.monotonic() + wait_ms >= endsAt;
        if (isFinal || attempt === ATTEMPTS_MAX || isTooLate)
          throw toStoreError(thrown, `${call.what} failed`, profile);
        isInDoubt ||= kind === 'doubtful';
        await clock.sleep(wait_ms, signal);
      }
    }
  } finally {
    settled.abort();
  }
}

function timeExhausted(what: string, cause?: unknown): SlipstreamError {
  return new SlipstreamError('TIME_EXHAUSTED', `No time was left for ${what}; it is tried again.`, { cause });
}

/** The caller had time: it is the network or AWS, as with a connection that does not come about. */
function unanswered(what: string, cause: unknown): SlipstreamError {
  const message = `${what} failed: AWS did not answer within ${CALL_MS_MAX / 1_000} s; it is tried again.`;
  return new SlipstreamError('STORE_UNAVAILABLE', message, { cause });
}
