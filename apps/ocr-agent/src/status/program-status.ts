import type { AgentStatus } from '@slipstream/ocr';
import type { QueueDepth } from '@slipstream/shared';

/** What a running agent tells who asks. */
export interface ProgramStatus extends AgentStatus {
  readonly version: string;
  readonly pid: number;
  /** Data folder or queue URL. */
  readonly place: string;
  /** null where the queue did not answer. */
  readonly queue: QueueDepth | null;
}
