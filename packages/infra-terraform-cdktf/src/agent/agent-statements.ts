import type { AwsNeed } from '@slipstream/shared';
import { needsStatements } from '../rights/needs-statements.ts';
import type { DataParts } from '../rights/resource-arns.ts';
import type { Place } from '../terraform/place.ts';
import type { Statement } from '../terraform/policy-document.ts';

/** The agent's calls, and no others: it reads photographs, writes documents, and moves its jobs. */
export function agentStatements(place: Place, aws: readonly AwsNeed[], data: DataParts, keyArn: string): Statement[] {
  return [
    ...needsStatements(aws, data, 'Agent'),
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
