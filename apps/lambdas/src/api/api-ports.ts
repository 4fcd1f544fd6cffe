import type { QueueDepth } from '@slipstream/shared';
import type { FunctionPorts } from '../runtime/function-ports.ts';

/** One thing that happened to an image, for whoever watches. */
export interface ImageEvent {
  /** Resumes after it: `Last-Event-ID`. */
  readonly id: string;
  readonly kind: 'job' | 'receipt';
  readonly image_id: string;
  readonly status: string;
  readonly at: string;
}

export interface ApiPorts extends FunctionPorts {
  readonly imageBytesMax: number;
  /** Who calls: the authorizer's subject on AWS, `local` at home. */
  caller(request: Request): string;
  /** Where the home can tell: the events after an id, as they happen. Absent in Lambda, which cannot hold a stream open. */
  readonly events?: (after: string | null, signal: AbortSignal) => AsyncIterable<ImageEvent>;
  /** More for GET /health than that it answers: queues' depths, the agent's state. */
  readonly health?: () => Promise<{ readonly queues: Readonly<Record<string, QueueDepth>>; readonly agent: string }>;
}
