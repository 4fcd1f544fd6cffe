import type { DeadLetterReason, Queue, SlipstreamError } from '@slipstream/shared';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { FunctionPorts, InvocationContext } from './function-ports.ts';
import { type LogFields, runUnit } from './unit-of-work.ts';

export interface BatchWork {
  /** The function's name, for the log and the metrics. */
  readonly name: string;
  readonly ports: FunctionPorts;
  /** Where the messages come from, and where one goes that fails for good. Asked for when it is needed. */
  readonly queue: () => Queue<never>;
  /** Time that one record may need: what cannot be started with so much left is handed back. */
  readonly reserveMs: number;
  /** Ids for the log line; resolves when the record's effects are durable. */
  work(record: SQSRecord, delivery: RecordDelivery): Promise<LogFields>;
}

export interface RecordDelivery {
  readonly correlation_id: string;
  /** False where the message brought none and its own id stands in. */
  readonly is_correlated: boolean;
  readonly receive_count: number;
  getRemainingTimeInMillis(): number;
  /** Dead-letters a part of the message that failed for good, where the rest goes on. Repeated, it stays one dead letter. */
  rejectPart(part: MessagePart, error: SlipstreamError): Promise<void>;
}

export interface MessagePart {
  /** Its place in the message, from 1. */
  readonly number: number;
  /** A message that holds only this part: redriven, it is taken by itself. */
  readonly body: string;
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
  batch: BatchWork,
): Promise<SQSBatchResponse> {
  const pending = [...(event.Records ?? [])];
  const batchItemFailures: SQSBatchItemFailure[] = [];
  const worker = async () => {
    for (let record = pending.shift(); record; record = pending.shift()) {
      const isTime = context.getRemainingTimeInMillis() >= batch.reserveMs;
      const isSettled = isTime && (await processRecord(record, context, batch));
      if (!isSettled) batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  };
  await Promise.all(Array.from({ length: Math.min(BATCH_CONCURRENCY, pending.length) }, worker));
  return { batchItemFailures };
}

/** True when the message is done with. */
async function processRecord(record: SQSRecord, context: InvocationContext, batch: BatchWork): Promise<boolean> {
  const correlation_id = record.messageAttributes?.correlation_id?.stringValue;
  const sentAt = Number(record.attributes?.SentTimestamp);
  const unit = {
    name: batch.name,
    request_id: context.awsRequestId,
    correlation_id: correlation_id ?? record.messageId,
    waiting_since: sentAt > 0 ? sentAt : null,
  };
  const outcome = await runUnit(batch.ports, unit, () =>
    batch.work(record, {
      correlation_id: unit.correlation_id,
      is_correlated: correlation_id !== undefined,
      receive_count: receiveCount(record),
      getRemainingTimeInMillis: () => context.getRemainingTimeInMillis(),
      rejectPart: async ({ number, body }, error) => {
        const fields = { correlation_id: unit.correlation_id, part: number, error };
        batch.ports.logger.error(fields, `${batch.name} rejected a part of a message`);
        const letter = { id: `${record.messageId}-${number}`, body, receiveCount: receiveCount(record) };
        await batch.queue().dead.put({ ...letter, reason: reasonOf(error) });
      },
    }),
  );
  return outcome.kind === 'rejected' ? reject(record, outcome.error, batch) : outcome.kind === 'done';
}

/** Only when the letter is safe may the message be deleted. */
async function reject(record: SQSRecord, error: SlipstreamError, batch: BatchWork): Promise<boolean> {
  try {
    const letter = {
      id: record.messageId,
      body: record.body,
      reason: reasonOf(error),
      receiveCount: receiveCount(record),
    };
    await batch.queue().dead.put(letter);
    return true;
  } catch (thrown) {
    batch.ports.logger.error({ error: thrown }, 'the dead letter could not be written; the message comes back');
    return false;
  }
}

function reasonOf({ code, message, details }: SlipstreamError): DeadLetterReason {
  return { code, message, details };
}

function receiveCount(record: SQSRecord): number {
  return Number(record.attributes?.ApproximateReceiveCount ?? 1);
}
