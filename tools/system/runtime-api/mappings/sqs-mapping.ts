import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { Invocation } from '../invocation.ts';
import type { CallableFunction } from '../local-function.ts';

export interface SqsMappingOptions {
  readonly client: SQSClient;
  readonly queue_url: string;
  readonly target: CallableFunction;
  /** Records of one invocation: 1 to 10. */
  readonly batch_size?: number;
  /** Invocations at the same time: `MaximumConcurrency`. */
  readonly concurrency_max?: number;
  readonly onInvocation?: (invocation: Invocation, records: readonly SQSRecord[]) => void;
  /** What went wrong between the queue and the function; the mapping goes on. */
  readonly onError?: (error: unknown) => void;
}

export interface Mapping {
  /** Takes nothing more, and waits for what is in hand. */
  stop(): Promise<void>;
}

const WAIT_S = 1;
const RETRY_MS = 200;

/**
 * Lambda's event source mapping of a queue, with `ReportBatchItemFailures`: deletes what succeeded; what did not comes
 * back when its visibility ends.
 */
export function mapQueue(options: SqsMappingOptions): Mapping {
  const stopping = new AbortController();
  const pollers = Array.from({ length: options.concurrency_max ?? 2 }, () => poll(options, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(pollers);
    },
  };
}

async function poll(options: SqsMappingOptions, signal: AbortSignal): Promise<void> {
  let arn: string | null = null;
  while (!signal.aborted) {
    try {
      arn ??= await queueArn(options);
      const { Messages = [] } = await options.client.send(
        new ReceiveMessageCommand({
          QueueUrl: options.queue_url,
          MaxNumberOfMessages: options.batch_size ?? 10,
          WaitTimeSeconds: WAIT_S,
          AttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        { abortSignal: signal },
      );
      if (Messages.length > 0) await deliver(options, arn, Messages);
    } catch (error) {
      if (signal.aborted) return;
      options.onError?.(error);
      await sleep(RETRY_MS);
    }
  }
}

async function deliver(options: SqsMappingOptions, arn: string, messages: readonly Message[]): Promise<void> {
  const records = messages.map((message) => recordOf(message, arn));
  const invocation = await options.target.invoke({ Records: records });
  options.onInvocation?.(invocation, records);
  const failed = failedIds(invocation, records);
  const done = records.filter(({ messageId }) => !failed.has(messageId));
  if (done.length === 0) return;
  const { Failed = [] } = await options.client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: options.queue_url,
      Entries: done.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
    }),
  );
  if (Failed.length > 0) options.onError?.(new Error(`${Failed.length} messages could not be deleted.`));
}

/** A response that is not one, or names a record that was not in the batch, fails all of it: as in Lambda. */
function failedIds({ outcome }: Invocation, records: readonly SQSRecord[]): ReadonlySet<string> {
  const all = new Set(records.map(({ messageId }) => messageId));
  if (outcome.kind !== 'returned') return all;
  const { batchItemFailures = [] } = Object(outcome.payload);
  if (!Array.isArray(batchItemFailures)) return all;
  const failed = batchItemFailures.map((item) => String(Object(item).itemIdentifier));
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
}

function recordOf(message: Message, arn: string): SQSRecord {
  const attributes = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ...attributes,
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? '1',
      SentTimestamp: attributes.SentTimestamp ?? '0',
      SenderId: attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? '0',
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue, DataType }]) => [
        name,
        { ...(StringValue === undefined ? {} : { stringValue: StringValue }), dataType: DataType ?? 'String' },
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: 'us-east-1',
  };
}

async function queueArn({ client, queue_url }: SqsMappingOptions): Promise<string> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queue_url, AttributeNames: ['QueueArn'] }),
  );
  return Attributes?.QueueArn ?? queue_url;
}
