import type { FunctionNeeds } from '@slipstream/shared';

export const sweeperNeeds: FunctionNeeds = {
  function: 'sweeper',
  aws: [
    { actions: ['s3:DeleteObject'], resource: 'artifacts-bucket/receipts/*' },
    { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
    { actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], resource: 'table' },
    { actions: ['dynamodb:Query'], resource: 'table-index' },
    { actions: ['sqs:SendMessage'], resource: 'ocr-queue' },
    { actions: ['sqs:SendMessage'], resource: 'ocr-results-queue' },
    { actions: ['sqs:SendMessage'], resource: 'validate-queue' },
    { actions: ['sqs:SendMessage'], resource: 'compaction-queue' },
  ],
  hosts: [],
  secrets: [],
  environment: [
    'ARTIFACTS_BUCKET',
    'COMPACTION_QUEUE_URL',
    'DYNAMO_TABLE_NAME',
    'OCR_JOB_QUEUE_URL',
    'OCR_RESULTS_QUEUE_URL',
    'VALIDATE_QUEUE_URL',
  ],
};
