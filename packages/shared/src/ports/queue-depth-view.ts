import type { QueueDepth } from './queue.ts';

/** A queue's depth as programs print it and the API answers it. */
export function queueDepthView({ ready, inFlight, delayed, dead, oldestAgeMs }: QueueDepth) {
  return { ready, in_flight: inFlight, delayed, dead, oldest_age_ms: oldestAgeMs };
}
