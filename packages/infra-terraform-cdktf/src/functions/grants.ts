import type { QueueName } from '@slipstream/shared';
import type { SecretName } from '../data/secrets.ts';
import type { FunctionName } from '../environments/function-names.ts';

/** What a function's code may touch, by the names that its `needs.json` uses. */
export type LogicalResource =
  | `raw-bucket${'' | `/${string}`}`
  | `artifacts-bucket${'' | `/${string}`}`
  | 'table'
  | 'table-index'
  | 'table-stream'
  | QueueName
  | `${QueueName}-dead`
  | `secret:${SecretName}`;

export interface Grant {
  readonly actions: readonly string[];
  readonly resource: LogicalResource;
}

const records = (...actions: readonly string[]): Grant => ({
  actions: actions.map((action) => `dynamodb:${action}`),
  resource: 'table',
});
const send = (...queues: readonly (QueueName | `${QueueName}-dead`)[]): Grant[] =>
  queues.map((resource) => ({ actions: ['sqs:SendMessage'], resource }));
const objects = (
  resource: LogicalResource,
  ...actions: readonly ('DeleteObject' | 'GetObject' | 'PutObject')[]
): Grant => ({
  actions: actions.map((action) => `s3:${action}`),
  resource,
});
/** Without it S3 answers 403 for an object that is not there, and nobody can tell the two apart. */
const toldWhatIsMissing = (resource: 'raw-bucket' | 'artifacts-bucket'): Grant => ({
  actions: ['s3:ListBucket'],
  resource,
});

/**
 * Least privilege, written by hand and held against each bundle's `needs.json` by a test: what the code calls is
 * granted, and nothing else is. A transaction is authorised as the writes that it is made of.
 */
export const GRANTS: Readonly<Record<FunctionName, readonly Grant[]>> = {
  api: [
    objects('raw-bucket/raw/*', 'GetObject', 'PutObject'),
    toldWhatIsMissing('raw-bucket'),
    objects('artifacts-bucket/receipts/*', 'GetObject'),
    toldWhatIsMissing('artifacts-bucket'),
    records('GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...send('ocr-queue'),
  ],
  'submit-job': [
    objects('raw-bucket/raw/*', 'GetObject'),
    toldWhatIsMissing('raw-bucket'),
    records('GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...send('ocr-queue', 'uploads-queue-dead'),
  ],
  'process-ocr-results': [
    objects('artifacts-bucket/ocr/*', 'GetObject'),
    objects('artifacts-bucket/receipts/*', 'GetObject', 'PutObject'),
    objects('artifacts-bucket/deltas/*', 'PutObject'),
    objects('artifacts-bucket/index/*', 'GetObject'),
    toldWhatIsMissing('artifacts-bucket'),
    records('ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    { actions: ['dynamodb:Query'], resource: 'table-index' },
    ...send('ocr-results-queue-dead'),
    { actions: ['secretsmanager:GetSecretValue'], resource: 'secret:openai' },
    { actions: ['secretsmanager:GetSecretValue'], resource: 'secret:places' },
  ],
  'stream-processor': [
    records('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    // Lambda's mapping reads the stream in the function's name.
    {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      resource: 'table-stream',
    },
    ...send('validate-queue', 'compaction-queue'),
  ],
  compaction: [
    objects('artifacts-bucket/deltas/*', 'GetObject'),
    objects('artifacts-bucket/index/*', 'DeleteObject', 'GetObject', 'PutObject'),
    toldWhatIsMissing('artifacts-bucket'),
    records('ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...send('compaction-queue-dead'),
  ],
  'validate-receipt': [
    objects('artifacts-bucket/receipts/*', 'GetObject', 'PutObject'),
    objects('artifacts-bucket/reviews/*', 'GetObject', 'PutObject'),
    objects('artifacts-bucket/ocr/*', 'GetObject'),
    toldWhatIsMissing('artifacts-bucket'),
    records('DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...send('validate-queue-dead'),
    { actions: ['secretsmanager:GetSecretValue'], resource: 'secret:openai' },
  ],
  'connectivity-probe': [],
  sweeper: [
    objects('artifacts-bucket/receipts/*', 'DeleteObject'),
    toldWhatIsMissing('artifacts-bucket'),
    records('GetItem', 'PutItem', 'Query', 'UpdateItem'),
    { actions: ['dynamodb:Query'], resource: 'table-index' },
    ...send('ocr-queue', 'ocr-results-queue', 'validate-queue', 'compaction-queue'),
  ],
};
