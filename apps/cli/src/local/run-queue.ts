import type { MessageHandler } from '@slipstream/pipeline';
import { type BackoffLimits, backoffMs, type Logger } from '@slipstream/runtime';
import { type Batching, type Clock, type Delivery, type Queue, RECEIVE_MESSAGES_MAX } from '@slipstream/shared';
import { invocationFor } from './invocation.ts';

export interface QueueMapping {
  readonly queue: Queue<never>;
  readonly handler: MessageHandler;
  /** More than a queue hands out at once are gathered for its window. */
  readonly batching: Batching;
  /** An invocation's time, where it needs more than most. */
  readonly timeoutMs?: number;
  /** How long a receive waits for a first message; a long poll without it. */
  readonly longPollMs?: number;
}

/** Of what this machine runs by itself: nobody else waits, so nothing is spread. */
export const LOCAL_BACKOFF: BackoffLimits = { firstMs: 200, lastMs: 60_000, jitter: 'none' };

const FUNCTION_TIMEOUT_MS = 12_000;
/** The messages' visibility is so much longer: an invocation ends before its messages come again. */
const VISIBILITY_MARGIN_MS = 3_000;
const LONG_POLL_MS = 20_000;
const GATHER_MS = 200;

/** What an event source mapping does on AWS: polls a queue, calls the use case, deletes what it is done with. Ends when the signal aborts. */
export async function runQueue(
  mapping: QueueMapping,
  home: { clock: Clock; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failures = 0;
  while (!signal.aborted) {
    if (running.size >= mapping.batching.at_once) await Promise.race(running);
    try {
      const deliveries = await receiveBatch(mapping, home.clock, signal);
      failures = 0;
      if (deliveries.length === 0) continue;
      const invocation: Promise<void> = invoke(mapping, home.logger, deliveries).finally(() =>
        running.delete(invocation),
      );
      running.add(invocation);
    } catch (error) {
      home.logger.error({ queue: mapping.queue.name, error }, 'the queue could not be read');
      await home.clock.sleep(backoffMs(++failures, LOCAL_BACKOFF), signal);
    }
  }
  await Promise.all(running);
}

/** As a mapping with a batching window does it: from the first message on, until there are enough or the window ends. */
export async function receiveBatch(
  mapping: QueueMapping,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Delivery[]> {
  const { queue, longPollMs = LONG_POLL_MS } = mapping;
  const { size: batchSize, window_ms: windowMs } = mapping.batching;
  const visibilityMs = timeoutMs(mapping) + windowMs + VISIBILITY_MARGIN_MS;
  const max = Math.min(batchSize, RECEIVE_MESSAGES_MAX);
  const deliveries = [...(await queue.receive({ max, waitMs: longPollMs, visibilityMs, signal }))];
  const end = clock.monotonic() + windowMs;
  while (deliveries.length > 0 && deliveries.length < batchSize && !signal.aborted) {
    const waitMs = Math.floor(end - clock.monotonic());
    if (waitMs <= 0) break;
    // Each receive is a write to the disk: a pause lets a handful gather instead of taking them one by one.
    await clock.sleep(Math.min(GATHER_MS, waitMs), signal);
    for (;;) {
      const more = Math.min(batchSize - deliveries.length, RECEIVE_MESSAGES_MAX);
      const some = more > 0 ? await queue.receive({ max: more, waitMs: 0, visibilityMs, signal }) : [];
      deliveries.push(...some);
      if (some.length < RECEIVE_MESSAGES_MAX) break;
    }
  }
  return deliveries;
}

export async function invoke(mapping: QueueMapping, logger: Logger, deliveries: readonly Delivery[]): Promise<void> {
  const failed = await failedIds(mapping, logger, deliveries);
  const settled = await Promise.allSettled(
    deliveries.map((delivery) =>
      failed.has(delivery.id) ? delivery.release(backoffMs(delivery.receiveCount, LOCAL_BACKOFF)) : delivery.ack(),
    ),
  );
  // What could not be settled comes again when its visibility ends; every handler endures that.
  for (const result of settled) {
    if (result.status === 'rejected')
      logger.warn({ queue: mapping.queue.name, error: result.reason }, 'a message could not be settled');
  }
}

async function failedIds(
  mapping: QueueMapping,
  logger: Logger,
  deliveries: readonly Delivery[],
): Promise<ReadonlySet<string>> {
  try {
    const { retry } = await mapping.handler(deliveries, invocationFor(timeoutMs(mapping)));
    return new Set(retry);
  } catch (error) {
    logger.error({ queue: mapping.queue.name, error }, 'an invocation failed');
    return new Set(deliveries.map((delivery) => delivery.id));
  }
}

const timeoutMs = (mapping: QueueMapping): number => mapping.timeoutMs ?? FUNCTION_TIMEOUT_MS;
