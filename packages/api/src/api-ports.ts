import type { Health } from '@slipstream/api-contract';
import type { FunctionPorts } from '@slipstream/pipeline';

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
  /** Who calls: the authorizer's subject on AWS, `local` at home. `env` is what the server handed over with the request. */
  caller(request: Request, env: unknown): string;
  /** Where the home can tell: the events after an id, as they happen. Absent in Lambda, which cannot hold a stream open. */
  readonly events?: (after: string | null, signal: AbortSignal) => Promise<AsyncIterable<ImageEvent>>;
  /** More for GET /health than that it answers: queues' depths, the agent's state, what a person has to solve. */
  readonly health?: () => Promise<Health>;
}
