import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('sweeper', ['ocr-queue', 'ocr-results-queue', 'validate-queue', 'compaction-queue']);

export const sweeperNeeds: FunctionNeeds = {
  function: 'sweeper',
  aws: [
    { actions: ['s3:DeleteObject'], resource: 'artifacts-bucket/receipts/*' },
    { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
    { actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], resource: 'table' },
    { actions: ['dynamodb:Query'], resource: 'table-index' },
    ...queues.aws,
  ],
  hosts: [],
  secrets: [],
  environment: ['ARTIFACTS_BUCKET', 'DYNAMO_TABLE_NAME', ...queues.environment],
};
