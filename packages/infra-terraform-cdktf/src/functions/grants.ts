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

const READ_RECORDS: Grant = { actions: ['dynamodb:GetItem', 'dynamodb:Query'], resource: 'table' };
const READ_INDEX: Grant = { actions: ['dynamodb:Query'], resource: 'table-index' };
/** A transaction is authorised as the writes that it is made of. */
const WRITE_RECORDS: Grant = {
  actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
  resource: 'table',
};
const send = (...queues: readonly (QueueName | `${QueueName}-dead`)[]): Grant[] =>
  queues.map((resource) => ({ actions: ['sqs:SendMessage'], resource }));

/**
 * Least privilege, written by hand and held against each bundle's `needs.json` by a test: what the code calls is
 * granted, and nothing else is.
 */
export const GRANTS: Readonly<Record<FunctionName, readonly Grant[]>> = {
  api: [
    READ_RECORDS,
    READ_INDEX,
    WRITE_RECORDS,
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'raw-bucket/raw/*' },
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/*' },
    ...send('ocr-queue'),
  ],
  'submit-job': [
    READ_RECORDS,
    WRITE_RECORDS,
    { actions: ['s3:GetObject'], resource: 'raw-bucket/raw/*' },
    ...send('ocr-queue', 'uploads-queue-dead'),
  ],
  'process-ocr-results': [
    READ_RECORDS,
    WRITE_RECORDS,
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'artifacts-bucket/*' },
    ...send('validate-queue', 'ocr-results-queue-dead'),
  ],
  'stream-processor': [...send('validate-queue', 'compaction-queue')],
  compaction: [],
  'validate-receipt': [
    READ_RECORDS,
    WRITE_RECORDS,
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'artifacts-bucket/*' },
    { actions: ['secretsmanager:GetSecretValue'], resource: 'secret:openai' },
    ...send('validate-queue-dead'),
  ],
  'connectivity-probe': [],
  sweeper: [READ_RECORDS, READ_INDEX, WRITE_RECORDS, ...send('ocr-queue', 'ocr-results-queue', 'validate-queue')],
};
