import type { FunctionNeeds } from './function-needs.ts';
import { queueNeeds } from './queue-needs.ts';

const queues = queueNeeds('compaction', []);

export const compactionNeeds: FunctionNeeds = {
  function: 'compaction',
  aws: [
    { actions: ['s3:GetObject'], resource: 'artifacts-bucket/deltas/*' },
    // LanceDB's own files: fragments, versions, indexes; old ones are removed.
    { actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], resource: 'artifacts-bucket/index/*' },
    // LanceDB lists versions; and without it a delta that is gone is "access denied" instead of "not found".
    { actions: ['s3:ListBucket'], resource: 'artifacts-bucket' },
    {
      actions: [
        'dynamodb:ConditionCheckItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      resource: 'table',
    },
    ...queues.aws,
  ],
  hosts: [],
  secrets: [],
  environment: ['ARTIFACTS_BUCKET', 'DYNAMO_TABLE_NAME', ...queues.environment],
};
