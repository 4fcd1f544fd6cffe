import type { QueueDepth } from '@slipstream/shared';
import type { AgentStatus } from '../agent-status.ts';

/** What a running agent tells who asks. */
export interface ProgramStatus extends AgentStatus {
  readonly version: string;
  readonly pid: number;
  /** Data folder or queue URL. */
  readonly place: string;
  /** null where the queue did not answer. */
  readonly queue: QueueDepth | null;
}
