import { randomUUID } from 'node:crypto';
import type { Invocation } from '@slipstream/pipeline';

/** A call of a use case whose time runs out as a function's does on AWS. */
export function invocationFor(timeoutMs: number): Invocation {
  const deadline = performance.now() + timeoutMs;
  return { request_id: randomUUID(), remainingMs: () => Math.max(0, deadline - performance.now()) };
}
