import type { FunctionPorts } from '@slipstream/pipeline';
import type { AccessGrant, QueueDepth } from '@slipstream/shared';

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
  /** The largest image that is read at all. */
  readonly imageBytesMax: number;
  /** The largest body of one request and of one answer, where the way here takes less than an image may have. */
  readonly bodyBytesMax?: number;
  /** Who calls, and what they may: of the authorizer's token on AWS. `env` is what the server handed over with the request. */
  grant(request: Request, env: unknown): AccessGrant;
  /** Where the home can tell: the events after an id, as they happen. Absent in Lambda, which cannot hold a stream open. */
  readonly events?: (after: string | null, signal: AbortSignal) => AsyncIterable<ImageEvent>;
  /** More for GET /health than that it answers: queues' depths, the agent's state. */
  readonly health?: () => Promise<{ readonly queues: Readonly<Record<string, QueueDepth>>; readonly agent: string }>;
}
