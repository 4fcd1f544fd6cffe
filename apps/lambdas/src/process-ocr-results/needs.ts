import type { FunctionNeeds } from '../runtime/function-needs.ts';

export const processOcrResultsNeeds: FunctionNeeds = {
  function: 'process-ocr-results',
  aws: [
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/ocr/*' },
    { actions: ['s3:PutObject'], resource: 'artifacts-bucket/receipts/*' },
    // Without it an object that is not there is "access denied" instead of "not found".
    { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
    {
      actions: [
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      resource: 'table',
    },
    { actions: ['sqs:SendMessage'], resource: 'ocr-results-queue-dead' },
  ],
  hosts: [],
  secrets: [],
  environment: ['ARTIFACTS_BUCKET', 'DYNAMO_TABLE_NAME', 'OCR_RESULTS_QUEUE_URL', 'OCR_RESULTS_DEAD_QUEUE_URL'],
};
