import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  DEPLOYED_QUEUE_NAMES,
  type DeployedQueueName,
  eachDeployedQueue,
  INDEX_ATTRIBUTES,
  queueVariables,
} from '@slipstream/shared';

export interface Resources {
  readonly table: string;
  readonly stream_arn: string;
  readonly raw_bucket: string;
  readonly artifacts_bucket: string;
  readonly queues: Readonly<Record<DeployedQueueName, { readonly url: string; readonly deadUrl: string }>>;
}

/** Longer than the function's time-out, which is longer than what its handler keeps in reserve. */
const VISIBILITY_S = 14;

/** What the deploy makes, under names of its own: any number of stacks fit on one server. */
export async function makeResources(endpoint: string, region: string, maxReceiveCount: number): Promise<Resources> {
  const options = { endpoint, region };
  const stack = randomUUID().slice(0, 8);
  const queues = await makeQueues(new SQSClient(options), stack, maxReceiveCount);
  const { table, stream_arn } = await makeTable(new DynamoDBClient(options), stack);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const [raw_bucket, artifacts_bucket] = [`raw-${stack}`, `artifacts-${stack}`];
  await s3.send(new CreateBucketCommand({ Bucket: raw_bucket }));
  await s3.send(new CreateBucketCommand({ Bucket: artifacts_bucket }));
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: raw_bucket,
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            QueueArn: queues['uploads-queue'].arn,
            Events: ['s3:ObjectCreated:*'],
            Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'raw/' }] } },
          },
        ],
      },
    }),
  );
  return { table, stream_arn, raw_bucket, artifacts_bucket, queues };
}

/** The variables that name them, as the deploy sets them for the functions. */
export function variablesOf(resources: Resources): Record<string, string> {
  const { table, raw_bucket, artifacts_bucket, queues } = resources;
  const urls = DEPLOYED_QUEUE_NAMES.flatMap((name) => [
    [queueVariables(name).url, queues[name].url],
    [queueVariables(name).dead, queues[name].deadUrl],
  ]);
  return {
    DYNAMO_TABLE_NAME: table,
    RAW_BUCKET: raw_bucket,
    ARTIFACTS_BUCKET: artifacts_bucket,
    ...Object.fromEntries(urls),
  };
}

type MadeQueue = { readonly url: string; readonly deadUrl: string; readonly arn: string };

async function makeQueues(client: SQSClient, stack: string, maxReceiveCount: number) {
  const make = async (name: DeployedQueueName): Promise<MadeQueue> => {
    const dead = await makeQueue(client, `${name}-dead-${stack}`, {});
    const main = await makeQueue(client, `${name}-${stack}`, {
      VisibilityTimeout: String(VISIBILITY_S),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
    });
    return { url: main.url, arn: main.arn, deadUrl: dead.url };
  };
  const made = new Map<DeployedQueueName, MadeQueue>();
  for (const name of DEPLOYED_QUEUE_NAMES) made.set(name, await make(name));
  return eachDeployedQueue((name) => made.get(name) ?? { url: '', deadUrl: '', arn: '' });
}

async function makeQueue(client: SQSClient, QueueName: string, Attributes: Record<string, string>) {
  const { QueueUrl: url = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  const attributes = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: attributes.Attributes?.QueueArn ?? '' };
}

async function makeTable(client: DynamoDBClient, stack: string) {
  const table = `receipts-${stack}`;
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [key('gsi1pk', 'HASH'), key('gsi1sk', 'RANGE')],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...INDEX_ATTRIBUTES] },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  return { table, stream_arn: TableDescription?.LatestStreamArn ?? '' };
}
