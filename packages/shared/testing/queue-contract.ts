import { describe } from 'vitest';
import type { Queue } from '../src/ports/queue.ts';
import { describeDeadLetters } from './queue/dead-letters.ts';
import { describeQueueDeliveries } from './queue/deliveries.ts';
import { describeQueueLimits } from './queue/limits.ts';
import { describeQueueWaits } from './queue/waits.ts';

/** A home of queues for one test. */
export interface QueueHarness {
  /** A queue of its own, empty. */
  queue(options?: { readonly maxReceiveCount?: number }): Promise<Queue<unknown>>;
  /** Moves the home's clock, or waits; work that is under way goes on meanwhile. */
  advance(ms: number): Promise<void>;
  /** The smallest time the home tells apart, in ms: 1000 on SQS. */
  readonly tickMs: number;
  dispose(): Promise<void>;
}

/**
 * Every `Queue` behaves so, on every home. Where SQS cannot know something, the port says so and the suite allows it.
 * `parts`: a home whose time is real may go through them side by side.
 */
export function describeQueueContract(
  name: string,
  makeHarness: () => Promise<QueueHarness>,
  parts: readonly QueueContractPart[] = QUEUE_CONTRACT_PARTS,
): void {
  describe(`${name} keeps the contract of Queue`, () => {
    for (const part of parts) PARTS[part](makeHarness);
  });
}

const PARTS = {
  deliveries: describeQueueDeliveries,
  waits: describeQueueWaits,
  dead: describeDeadLetters,
  limits: describeQueueLimits,
} as const;
export type QueueContractPart = keyof typeof PARTS;
export const QUEUE_CONTRACT_PARTS: readonly QueueContractPart[] = ['deliveries', 'waits', 'dead', 'limits'];
