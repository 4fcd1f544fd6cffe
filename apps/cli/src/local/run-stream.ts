import { type ChangeHandler, isFollowed, typeOf } from '@slipstream/pipeline/stream-processor';
import { backoffMs, type Logger } from '@slipstream/runtime';
import type { ChangeFeed, Clock, RecordChange } from '@slipstream/shared';
import { invocationFor } from './invocation.ts';
import { LOCAL_BACKOFF } from './run-queue.ts';

const READER = 'stream-processor';
/** Rounds without progress after which a change that fails is left to the next `slipstream dev`. */
const STUCK_MAX = 3;
const BATCH_SIZE = 100;
const IDLE_MS = 50;
const FUNCTION_TIMEOUT_MS = 60_000;

/** What nobody follows is not even handed over. */
const isWanted = (change: RecordChange) => isFollowed(typeOf(change));

/**
 * The stream's event source mapping: hands the changes over in order and remembers how far it came. A change that fails
 * holds up those behind it, and each time they are followed again with it: so it comes ever more rarely.
 */
export async function runStream(
  feed: ChangeFeed,
  handler: ChangeHandler,
  home: { clock: Clock; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  let after = await feed.checkpoint(READER);
  let failures = 0;
  while (!signal.aborted) {
    try {
      const changes = await feed.changes({ after, limit: BATCH_SIZE });
      if (changes.length === 0) {
        await home.clock.sleep(IDLE_MS, signal);
        continue;
      }
      const wanted = changes.filter(isWanted);
      const { retryFrom } =
        wanted.length === 0 ? { retryFrom: null } : await handler(wanted, invocationFor(FUNCTION_TIMEOUT_MS));
      const failedAt = changes.findIndex(({ sequence }) => sequence === retryFrom);
      const done = failedAt === -1 ? changes.length : failedAt;
      const last = changes[done - 1];
      if (last) {
        after = last.sequence;
        await feed.saveCheckpoint(READER, after);
        failures = 0;
      }
      if (failedAt !== -1) await home.clock.sleep(backoffMs(++failures, LOCAL_BACKOFF), signal);
    } catch (error) {
      home.logger.error({ error }, 'the change stream could not be processed');
      await home.clock.sleep(backoffMs(++failures, LOCAL_BACKOFF), signal);
    }
  }
}

/** Follows the changes that there are now, where nothing else does. */
export async function followToEnd(feed: ChangeFeed, handler: ChangeHandler): Promise<void> {
  let stuck = 0;
  for (let after = await feed.checkpoint(READER); stuck < STUCK_MAX; ) {
    const changes = await feed.changes({ after, limit: BATCH_SIZE });
    if (changes.length === 0) return;
    const wanted = changes.filter(isWanted);
    const { retryFrom } =
      wanted.length === 0 ? { retryFrom: null } : await handler(wanted, invocationFor(FUNCTION_TIMEOUT_MS));
    const failedAt = changes.findIndex(({ sequence }) => sequence === retryFrom);
    const last = changes[(failedAt === -1 ? changes.length : failedAt) - 1];
    stuck = last ? 0 : stuck + 1;
    if (last === undefined) continue;
    after = last.sequence;
    await feed.saveCheckpoint(READER, after);
  }
}
