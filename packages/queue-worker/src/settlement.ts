import type { DeadLetterReason, SlipstreamError } from '@slipstream/shared';

/** What becomes of a delivery when its work has ended. */
export type Settlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'release'; readonly delay_ms: number }
  | { readonly kind: 'reject'; readonly reason: DeadLetterReason };

/** How the work itself ended, for counts and log lines. */
export type Outcome = 'done' | 'unneeded' | 'failed' | 'retried' | 'called-off';

export interface Handled {
  readonly settlement: Settlement;
  readonly outcome: Outcome;
  /** Why it was not done. */
  readonly error?: SlipstreamError;
  /** The error concerns this machine or its network and not the message: no more is taken until it has passed. */
  readonly trouble?: boolean;
}
