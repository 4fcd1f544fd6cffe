import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('stream-processor', ['validate-queue', 'compaction-queue']);

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
    ...queues.aws,
  ],
  hosts: [],
  secrets: [],
  environment: ['DYNAMO_TABLE_NAME', ...queues.environment],
};
