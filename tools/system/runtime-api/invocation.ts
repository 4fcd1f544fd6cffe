/** What became of one invocation, as Lambda would tell its caller. */
export type Outcome =
  | { readonly kind: 'returned'; readonly payload: unknown }
  /** The handler threw, or the module could not be loaded (`init`). */
  | {
      readonly kind: 'failed';
      readonly phase: 'init' | 'invoke';
      readonly error_type: string;
      readonly message: string;
    }
  | { readonly kind: 'timed_out'; readonly timeout_ms: number }
  /** The process ended in mid-invocation: an exit, a crash, a kill. */
  | { readonly kind: 'exited'; readonly how: string };

export interface Invocation {
  readonly request_id: string;
  readonly outcome: Outcome;
  /** From the request to the outcome, with the start of a new process where one was needed. */
  readonly duration_ms: number;
  /** Whether a new process was started for it. */
  readonly is_cold: boolean;
}

/** Lambda's own limit of a synchronous invocation's request and of its response. */
export const PAYLOAD_BYTES_MAX = 6_291_456;

/** The payload of an invocation that has to succeed; throws with what became of it instead. */
export function payloadOf(invocation: Invocation): unknown {
  if (invocation.outcome.kind === 'returned') return invocation.outcome.payload;
  throw new Error(`The invocation ${invocation.request_id} came to ${JSON.stringify(invocation.outcome)}.`);
}
