import type { DataParts } from '../functions/resource-arns.ts';
import type { Place } from '../stack/place.ts';
import type { Statement } from '../stack/policy-document.ts';

/** The agent's calls, and no others: it reads photographs, writes documents, and moves its jobs. */
export function agentStatements(place: Place, data: DataParts, keyArn: string): Statement[] {
  const jobs = data.queues.pairs['ocr-queue'];
  const results = data.queues.pairs['ocr-results-queue'];
  return [
    {
      Sid: 'TakeJobs',
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      Resource: jobs.arn,
    },
    {
      Sid: 'SendResultsAndDeadLetters',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: [results.arn, jobs.dead.arn],
    },
    { Sid: 'ReadPhotographs', Effect: 'Allow', Action: 's3:GetObject', Resource: `${data.buckets.raw.arn}/raw/*` },
    { Sid: 'WriteDocuments', Effect: 'Allow', Action: 's3:PutObject', Resource: `${data.buckets.artifacts.arn}/ocr/*` },
    {
      Sid: 'MoveJobs',
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
      Resource: data.table.arn,
    },
    {
      Sid: 'Key',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: keyArn,
      Condition: {
        StringEquals: {
          'kms:ViaService': ['s3', 'sqs', 'dynamodb'].map((service) => `${service}.${place.region}.amazonaws.com`),
        },
      },
    },
  ];
}
