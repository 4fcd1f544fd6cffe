import type { FunctionNeeds } from '@slipstream/shared';

/** What the mapping needs to read the stream (`table-stream`) is the mapping's, with this function's role. */
export const streamProcessorNeeds: FunctionNeeds = {
  function: 'stream-processor',
  aws: [
    {
      // Updates move a receipt that was matched to a merchant while that was merged away.
      actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resource: 'table',
    },
    {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      resource: 'table-stream',
    },
    { actions: ['sqs:SendMessage'], resource: 'validate-queue' },
    { actions: ['sqs:SendMessage'], resource: 'compaction-queue' },
  ],
  hosts: [],
  secrets: [],
  environment: ['COMPACTION_QUEUE_URL', 'DYNAMO_TABLE_NAME', 'VALIDATE_QUEUE_URL'],
};
