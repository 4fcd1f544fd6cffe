import type { AwsNeed } from '@slipstream/shared';
import type { Statement } from '../terraform/policy-document.ts';
import { type DataParts, resourceArn } from './resource-arns.ts';

/**
 * Least privilege: what a program's `needs.json` declares, which tests hold against the calls that it really makes, and
 * nothing else. A transaction is authorised as the writes that it is made of.
 */
export function needsStatements(aws: readonly AwsNeed[], data: DataParts, sid: string): Statement[] {
  return aws.map(({ actions, resource }, index) => ({
    Sid: `${sid}${index}`,
    Effect: 'Allow',
    Action: actions,
    Resource: resourceArn(data, resource),
  }));
}
