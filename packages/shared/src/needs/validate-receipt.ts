import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('validate-receipt', []);

export const validateReceiptNeeds: FunctionNeeds = {
  function: 'validate-receipt',
  aws: [
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'artifacts-bucket/receipts/*' },
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'artifacts-bucket/reviews/*' },
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/ocr/*' },
    // Without it an answer that is not there yet is "access denied" instead of "not found".
    { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
    {
      actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resource: 'table',
    },
    { actions: ['secretsmanager:GetSecretValue'], resource: 'secret:openai' },
    ...queues.aws,
  ],
  hosts: ['api.openai.com:443'],
  host_rules: [{ host: 'api.openai.com:443', variable: 'OPENAI_BASE_URL', secret: 'openai' }],
  secrets: ['openai'],
  environment: ['ARTIFACTS_BUCKET', 'DYNAMO_TABLE_NAME', 'OPENAI_SECRET_ARN', ...queues.environment],
};
