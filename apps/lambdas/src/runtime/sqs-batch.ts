import { type Logger, type Queue, SlipstreamError } from '@slipstream/shared';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { InvocationContext } from './function-ports.ts';

export interface BatchWork {
  /** The function's name, for the log. */
  readonly name: string;
  readonly logger: Logger;
  /** Where a message goes that fails for good. */
  readonly queue: Queue<never>;
  /** Time that one record may need: what cannot be started with so much left is handed back. */
  readonly reserveMs: number;
  /** Ids for the log line; resolves when the record's effects are durable. */
  work(record: SQSRecord, correlationId: string): Promise<Readonly<Record<string, string | number>>>;
}

/** Records of one batch that are worked on at the same time. */
const BATCH_CONCURRENCY = 10;

/**
 * Works through a batch. One record's failure touches no other: what failed for a while comes back as a partial batch
 * response, what failed for good goes to the dead letters with its reason, and what there is no time for is handed
 * back untouched. An empty `Records` is a health check.
 */
export async function processBatch(
  event: SQSEvent,
  context: InvocationContext,
  work: BatchWork,
): Promise<SQSBatchResponse> {
  const pending = [...(event.Records ?? [])];
  const batchItemFailures: SQSBatchItemFailure[] = [];
  const worker = async () => {
    for (let record = pending.shift(); record; record = pending.shift()) {
      const settled =
        context.getRemainingTimeInMillis() >= work.reserveMs && (await processRecord(record, context, work));
      if (!settled) batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  };
  await Promise.all(Array.from({ length: Math.min(BATCH_CONCURRENCY, pending.length) }, worker));
  return { batchItemFailures };
}

/** True when the message is done with. */
async function processRecord(record: SQSRecord, context: InvocationContext, batch: BatchWork): Promise<boolean> {
  const startedAt = performance.now();
  const correlationId = record.messageAttributes?.correlation_id?.stringValue ?? record.messageId;
  const logger = batch.logger.child({
    function: batch.name,
    request_id: context.awsRequestId,
    correlation_id: correlationId,
  });
  const durationMs = () => Math.round(performance.now() - startedAt);
  try {
    const ids = await batch.work(record, correlationId);
    logger.info({ outcome: 'done', ...ids, duration_ms: durationMs() }, `${batch.name} done`);
    return true;
  } catch (thrown) {
    const error = SlipstreamError.from(thrown);
    if (error.retry !== 'never') {
      logger.warn({ outcome: 'retry', error, duration_ms: durationMs() }, `${batch.name} will be tried again`);
      return false;
    }
    logger.error({ outcome: 'rejected', error, duration_ms: durationMs() }, `${batch.name} rejected a message`);
    return reject(record, error, batch, logger);
  }
}

/** Only when the letter is safe may the message be deleted. */
async function reject(record: SQSRecord, error: SlipstreamError, batch: BatchWork, logger: Logger): Promise<boolean> {
  const reason = { code: error.code, message: error.message, details: error.details };
  const receiveCount = Number(record.attributes?.ApproximateReceiveCount ?? 1);
  try {
    await batch.queue.dead.put({ id: record.messageId, body: record.body, reason, receiveCount });
    return true;
  } catch (thrown) {
    logger.error({ error: thrown }, 'the dead letter could not be written; the message comes back');
    return false;
  }
}
