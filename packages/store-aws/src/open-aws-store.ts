import {
  type Clock,
  type ObjectStore,
  type Queue,
  type QueueMessage,
  type QueueName,
  type RecordStore,
  systemClock,
} from '@slipstream/shared';
import type { AwsOptions } from './aws-options.ts';
import { DynamoRecords } from './dynamodb/dynamo-records.ts';
import { S3ObjectStore } from './s3/s3-object-store.ts';
import { SqsConnection } from './sqs/sqs-connection.ts';
import { SqsQueue } from './sqs/sqs-queue.ts';

export interface QueueAddress {
  readonly url: string;
  /** Its dead letters; asked of the queue's redrive policy when they are needed and this is not set. */
  readonly deadUrl?: string;
}

/** What is left out cannot be used: its first call fails with `CONFIGURATION_INVALID` and names the variable to set. */
export interface AwsStoreOptions extends AwsOptions {
  readonly table?: string;
  readonly rawBucket?: string;
  readonly artifactsBucket?: string;
  /** By the names of `QUEUE_NAMES`, or others. */
  readonly queues?: Readonly<Record<string, QueueAddress>>;
  readonly clock?: Clock;
}

/** The ports on AWS. The change feed is the table's stream, which only a function's mapping reads. */
export interface AwsStore {
  readonly records: RecordStore;
  /** The bucket itself announces what is put here on `uploads-queue`. */
  readonly raw: ObjectStore;
  readonly artifacts: ObjectStore;
  /** Its messages are those of the table of queues. */
  queue<N extends QueueName>(name: N): Queue<QueueMessage<N>>;
  queue<M>(name: string): Queue<M>;
  /** Closes idle connections; a later call opens new ones. */
  close(): void;
}

/** Connects nowhere and reads no credentials: each client is made with its first call, and kept. */
export function openAwsStore(options: AwsStoreOptions): AwsStore {
  const clock = options.clock ?? systemClock;
  const { region, profile, credentials, endpoint, deadline } = options;
  const aws: AwsOptions = {
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(credentials ? { credentials } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(deadline ? { deadline } : {}),
  };
  const records = new DynamoRecords(options.table ?? '', aws, clock);
  const raw = new S3ObjectStore(options.rawBucket ?? '', aws, clock);
  const artifacts = new S3ObjectStore(options.artifactsBucket ?? '', aws, clock);
  const connection = new SqsConnection(aws, clock);
  return {
    records,
    raw,
    artifacts,
    queue: <M>(name: string) => {
      const { url = '', deadUrl } = options.queues?.[name] ?? {};
      return new SqsQueue<M>(url, { name, connection, ...(deadUrl ? { deadUrl } : {}) }, clock);
    },
    close: () => {
      for (const part of [records, raw, artifacts, connection]) part.close();
    },
  };
}
