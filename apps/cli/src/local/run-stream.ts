import { type InvocationContext, isForwarded } from '@slipstream/pipeline';
import type { Logger } from '@slipstream/runtime';
import type { ChangeFeed, Clock, RecordChange } from '@slipstream/shared';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { backoffMs } from './backoff.ts';
import { dynamoDbRecord, invocationContext } from './lambda-events.ts';

export type StreamHandler = (event: DynamoDBStreamEvent, context: InvocationContext) => Promise<DynamoDBBatchResponse>;

const READER = 'stream-processor';
const BATCH_SIZE = 100;
const IDLE_MS = 50;
const FUNCTION_TIMEOUT_MS = 60_000;

const NOTHING_FAILED: DynamoDBBatchResponse = { batchItemFailures: [] };

/** The mapping's filter: what the function would only throw away is not even handed over. */
function isWanted(change: RecordChange): boolean {
  return isForwarded((change.after ?? change.before)?.type);
}

/**
 * The stream's event source mapping: hands the changes over in order and remembers how far it came. A change that fails
 * holds up those behind it, and each time they are followed again with it: so it comes ever more rarely.
 */
export async function runStream(
  feed: ChangeFeed,
  handler: StreamHandler,
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
      const response =
        wanted.length === 0
          ? NOTHING_FAILED
          : await handler({ Records: wanted.map(dynamoDbRecord) }, invocationContext(FUNCTION_TIMEOUT_MS));
      const failedAt = changes.findIndex((change) => change.sequence === response.batchItemFailures[0]?.itemIdentifier);
      const done = failedAt === -1 ? changes.length : failedAt;
      const last = changes[done - 1];
      if (last) {
        after = last.sequence;
        await feed.saveCheckpoint(READER, after);
        failures = 0;
      }
      if (failedAt !== -1) await home.clock.sleep(backoffMs(++failures), signal);
    } catch (error) {
      home.logger.error({ error }, 'the change stream could not be processed');
      await home.clock.sleep(backoffMs(++failures), signal);
    }
  }
}
