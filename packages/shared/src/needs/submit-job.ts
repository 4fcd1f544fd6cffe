import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('submit-job', ['ocr-queue']);

export const submitJobNeeds: FunctionNeeds = {
  function: 'submit-job',
  aws: [
    // An upload that was announced moves from the key of its claim to the image's own.
    { actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], resource: 'raw-bucket/raw/*' },
    // Without it an object that is not there is "access denied" instead of "not found".
    { actions: ['s3:ListBucket'], resource: 'raw-bucket' },
    { actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], resource: 'table' },
    ...queues.aws,
  ],
  hosts: [],
  secrets: [],
  environment: ['RAW_BUCKET', 'DYNAMO_TABLE_NAME', ...queues.environment],
};
