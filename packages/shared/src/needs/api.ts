import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('api', ['ocr-queue']);

export const apiNeeds: FunctionNeeds = {
  function: 'api',
  aws: [
    // A presigned PUT is made with the function's own rights.
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'raw-bucket/raw/*' },
    // Without it an object that is not there is "access denied" instead of "not found".
    { actions: ['s3:ListBucket'], resource: 'raw-bucket' },
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'artifacts-bucket/receipts/*' },
    // What the page shows: pages, and the words on them.
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/ocr/*' },
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/views/*' },
    { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
    {
      actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resource: 'table',
    },
    ...queues.aws,
  ],
  hosts: [],
  secrets: [],
  environment: ['RAW_BUCKET', 'ARTIFACTS_BUCKET', 'DYNAMO_TABLE_NAME', ...queues.environment],
};
