import type { Grant } from '../functions/grants.ts';

/** What the agent's code calls, and nothing else: held against its `needs.json` by a test. */
export const AGENT_GRANTS: readonly Grant[] = [
  {
    // Jobs of an agent that was killed are sent again by its successor.
    actions: ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage', 'SendMessage'].map(
      (action) => `sqs:${action}`,
    ),
    resource: 'ocr-queue',
  },
  {
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    resource: 'ocr-queue-dead',
  },
  { actions: ['sqs:SendMessage'], resource: 'ocr-results-queue' },
  { actions: ['s3:GetObject'], resource: 'raw-bucket/raw/*' },
  // Without it S3 answers 403 for a photograph that is not there, which would look like missing rights.
  { actions: ['s3:ListBucket'], resource: 'raw-bucket' },
  { actions: ['s3:PutObject'], resource: 'artifacts-bucket/ocr/*' },
  { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
  {
    // Its own heartbeat is deleted when it ends.
    actions: ['DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'].map((action) => `dynamodb:${action}`),
    resource: 'table',
  },
  { actions: ['dynamodb:Query'], resource: 'table-index' },
];
