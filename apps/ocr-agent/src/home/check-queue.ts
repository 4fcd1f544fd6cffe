import type { Logger } from '@slipstream/runtime';
import { type Queue, SlipstreamError } from '@slipstream/shared';

/** What asking again does not change: a queue without dead letters, rights that are not given. */
const LASTING: ReadonlySet<SlipstreamError['code']> = new Set([
  'CONFIGURATION_INVALID',
  'ACCESS_DENIED',
  'REQUEST_INVALID',
]);

/**
 * Whether the queue can say what waits in it. An agent that drains it once could not know when it is done, so it ends with
 * the reason; one that stays reads all the same, and says it when it starts.
 */
export async function checkQueue(
  queue: Pick<Queue<unknown>, 'depth'>,
  { continuous }: { readonly continuous: boolean },
  logger: Logger,
): Promise<void> {
  try {
    await queue.depth();
  } catch (thrown) {
    const error = SlipstreamError.from(thrown);
    if (!LASTING.has(error.code)) return; // it passes; the agent waits for it as it always does
    if (!continuous) throw error;
    logger.warn({ error }, `the queue is not as the deploy makes it: ${error.message}`);
  }
}
