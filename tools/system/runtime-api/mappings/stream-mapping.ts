import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Invocation } from '../invocation.ts';
import type { CallableFunction } from '../local-function.ts';
import type { Mapping } from './sqs-mapping.ts';

export interface StreamMappingOptions {
  readonly client: DynamoDBStreamsClient;
  readonly stream_arn: string;
  readonly target: CallableFunction;
  readonly batch_size?: number;
  /** Sendings of one batch before it is given to `onFailed`; a failing batch is halved each time. */
  readonly attempts_max?: number;
  /** The on-failure destination. */
  readonly onFailed?: (records: readonly DynamoDBRecord[]) => void;
  readonly onInvocation?: (invocation: Invocation, records: readonly DynamoDBRecord[]) => void;
  readonly onError?: (error: unknown) => void;
}

const IDLE_MS = 100;
const RETRY_MS = 200;

/**
 * Lambda's event source mapping of a table's stream: from the oldest change on, each shard in order, with
 * `ReportBatchItemFailures` and `BisectBatchOnFunctionError`.
 */
export function mapStream(options: StreamMappingOptions): Mapping {
  const stopping = new AbortController();
  const following = follow(options, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}

async function follow(options: StreamMappingOptions, signal: AbortSignal): Promise<void> {
  const shards = new Map<string, Promise<void>>();
  while (!signal.aborted) {
    try {
      const { StreamDescription } = await options.client.send(
        new DescribeStreamCommand({ StreamArn: options.stream_arn }),
      );
      for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
        if (!shards.has(ShardId)) shards.set(ShardId, readShard(options, ShardId, signal));
      }
    } catch (error) {
      options.onError?.(error);
    }
    await sleep(IDLE_MS);
  }
  await Promise.all(shards.values());
}

async function readShard(options: StreamMappingOptions, shard: string, signal: AbortSignal): Promise<void> {
  let iterator: string | undefined;
  let after: string | undefined;
  while (!signal.aborted) {
    try {
      iterator ??= await iteratorAfter(options, shard, after);
      const { Records = [], NextShardIterator } = await options.client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: options.batch_size ?? 100 }),
      );
      if (Records.length === 0) await sleep(IDLE_MS);
      else after = await deliver(options, Records.map(recordOf), signal);
      if (NextShardIterator === undefined) return;
      iterator = NextShardIterator;
    } catch (error) {
      if (signal.aborted) return;
      options.onError?.(error);
      iterator = undefined; // it may have expired: begin again behind the last record that was done
      await sleep(RETRY_MS);
    }
  }
}

async function iteratorAfter(options: StreamMappingOptions, shard: string, after?: string): Promise<string> {
  const { ShardIterator } = await options.client.send(
    new GetShardIteratorCommand({
      StreamArn: options.stream_arn,
      ShardId: shard,
      ...(after
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
        : { ShardIteratorType: 'TRIM_HORIZON' }),
    }),
  );
  if (!ShardIterator) throw new Error(`The shard ${shard} gives no iterator.`);
  return ShardIterator;
}

/** Sends records until all are done or given up; the sequence number of the last. */
async function deliver(
  options: StreamMappingOptions,
  records: readonly DynamoDBRecord[],
  signal: AbortSignal,
): Promise<string | undefined> {
  let rest = records;
  let size = records.length;
  for (let attempt = 1; rest.length > 0 && !signal.aborted; ) {
    const batch = rest.slice(0, size);
    const invocation = await options.target.invoke({ Records: batch });
    options.onInvocation?.(invocation, batch);
    const done = doneCount(invocation, batch);
    rest = rest.slice(done);
    if (done === batch.length) {
      attempt = 1;
      size = rest.length;
      continue;
    }
    if (done > 0) attempt = 1;
    else if (attempt >= (options.attempts_max ?? 10)) {
      options.onFailed?.(batch);
      rest = rest.slice(batch.length);
      attempt = 1;
    } else attempt += 1;
    size = Math.max(1, Math.ceil(size / 2));
    await sleep(RETRY_MS);
  }
  return records.at(-1)?.dynamodb?.SequenceNumber;
}

/** The records before the first that failed. */
function doneCount({ outcome }: Invocation, batch: readonly DynamoDBRecord[]): number {
  if (outcome.kind !== 'returned') return 0;
  const { batchItemFailures = [] } = Object(outcome.payload);
  if (!Array.isArray(batchItemFailures)) return 0;
  if (batchItemFailures.length === 0) return batch.length;
  const failed = new Set(batchItemFailures.map((item) => String(Object(item).itemIdentifier)));
  return Math.max(
    0,
    batch.findIndex((record) => failed.has(record.dynamodb?.SequenceNumber ?? '')),
  );
}

/** The stream's API and the event differ only in how they write the time. */
function recordOf(record: StreamRecord): DynamoDBRecord {
  const { ApproximateCreationDateTime, ...change } = record.dynamodb ?? {};
  return JSON.parse(
    JSON.stringify({
      ...record,
      dynamodb: {
        ...change,
        ApproximateCreationDateTime: Math.floor((ApproximateCreationDateTime?.getTime() ?? 0) / 1_000),
      },
    }),
  );
}
