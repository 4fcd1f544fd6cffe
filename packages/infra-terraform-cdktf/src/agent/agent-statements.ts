import { type DataParts, resourceArn } from '../functions/resource-arns.ts';
import type { Place } from '../stack/place.ts';
import type { Statement } from '../stack/policy-document.ts';
import { AGENT_GRANTS } from './agent-grants.ts';

/** The agent's calls, and no others: it reads photographs, writes documents, and moves its jobs. */
export function agentStatements(place: Place, data: DataParts, keyArn: string): Statement[] {
  return [
    ...AGENT_GRANTS.map(
      ({ actions, resource }, index): Statement => ({
        Sid: `Agent${index}`,
        Effect: 'Allow',
        Action: actions,
        Resource: resourceArn(data, resource),
      }),
    ),
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
