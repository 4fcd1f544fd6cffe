import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('process-ocr-results', []);

export const processOcrResultsNeeds: FunctionNeeds = {
  function: 'process-ocr-results',
  aws: [
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/ocr/*' },
    // Read where a person has reviewed what is read again.
    { actions: ['s3:GetObject', 's3:PutObject'], resource: 'artifacts-bucket/receipts/*' },
    { actions: ['s3:PutObject'], resource: 'artifacts-bucket/deltas/*' },
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/index/*' },
    // Without it an object that is not there is "access denied" instead of "not found".
    { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
    {
      actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resource: 'table',
    },
    { actions: ['dynamodb:Query'], resource: 'table-index' },
    { actions: ['secretsmanager:GetSecretValue'], resource: 'secret:openai' },
    { actions: ['secretsmanager:GetSecretValue'], resource: 'secret:places' },
    ...queues.aws,
  ],
  // Embeddings, where they are OpenAI's; the directory, where there is a key to it.
  hosts: ['api.openai.com:443', 'places.googleapis.com:443'],
  host_rules: [
    { host: 'api.openai.com:443', variable: 'OPENAI_BASE_URL', secret: 'openai' },
    { host: 'places.googleapis.com:443', variable: 'GOOGLE_PLACES_BASE_URL', secret: 'places' },
  ],
  secrets: ['openai', 'places'],
  environment: [
    'ARTIFACTS_BUCKET',
    'DYNAMO_TABLE_NAME',
    'OPENAI_SECRET_ARN',
    'PLACES_SECRET_ARN',
    ...queues.environment,
  ],
};
