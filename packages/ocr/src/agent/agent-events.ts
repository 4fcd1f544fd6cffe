import type { LeaseEnd, Outcome } from '@slipstream/queue-worker';
import type { SlipstreamError } from '@slipstream/shared';

/** One delivery whose work has ended. Ids are null where the message named none. */
export interface JobEnd {
  readonly image_id: string | null;
  readonly job_id: string | null;
  readonly outcome: Outcome;
  readonly duration_ms: number;
  readonly error: SlipstreamError | null;
  readonly lease: LeaseEnd | null;
}

/** What an agent tells whoever listens: names and their arguments. */
export interface AgentEvents {
  'job-started': [];
  'job-ended': [JobEnd];
  /** Nothing is in hand any more. */
  idle: [];
}
