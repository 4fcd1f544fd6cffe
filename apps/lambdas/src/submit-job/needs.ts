import type { FunctionNeeds } from '@slipstream/shared';

export const submitJobNeeds: FunctionNeeds = {
  function: 'submit-job',
  aws: [
    // An upload that was announced moves from the key of its claim to the image's own.
    { actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], resource: 'raw-bucket/raw/*' },
    // Without it an object that is not there is "access denied" instead of "not found".
    { actions: ['s3:ListBucket'], resource: 'raw-bucket' },
    { actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], resource: 'table' },
    { actions: ['sqs:SendMessage'], resource: 'ocr-queue' },
    { actions: ['sqs:SendMessage'], resource: 'uploads-queue-dead' },
  ],
  hosts: [],
  secrets: [],
  environment: ['RAW_BUCKET', 'DYNAMO_TABLE_NAME', 'OCR_JOB_QUEUE_URL', 'UPLOADS_QUEUE_URL', 'UPLOADS_DEAD_QUEUE_URL'],
};
