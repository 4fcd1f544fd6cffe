import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('sweeper', ['ocr-queue', 'ocr-results-queue', 'validate-queue', 'compaction-queue']);

export const sweeperNeeds: FunctionNeeds = {
  function: 'sweeper',
  aws: [
    { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'], resource: 'artifacts-bucket/receipts/*' },
    // Of a deleted image, with the versions that the buckets keep.
    ...['ocr', 'reviews', 'views', 'deltas'].map((folder) => ({
      actions: ['s3:DeleteObjectVersion'],
      resource: `artifacts-bucket/${folder}/*`,
    })),
    { actions: ['s3:DeleteObjectVersion'], resource: 'raw-bucket/raw/*' },
    { actions: ['s3:ListBucket', 's3:ListBucketVersions'], resource: 'raw-bucket' },
    { actions: ['s3:ListBucket', 's3:ListBucketVersions'], resource: 'artifacts-bucket' },
    {
      actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resource: 'table',
    },
    { actions: ['dynamodb:Query'], resource: 'table-index' },
    ...queues.aws,
  ],
  hosts: [],
  secrets: [],
  environment: ['RAW_BUCKET', 'ARTIFACTS_BUCKET', 'DYNAMO_TABLE_NAME', ...queues.environment],
};
