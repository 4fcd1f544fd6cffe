import { type AwsNeed, DEPLOYED_QUEUE_NAMES } from '@slipstream/shared';
import type { Buckets } from '../data/buckets.ts';
import type { Queues } from '../data/queues.ts';
import { SECRET_NAMES, type Secrets } from '../data/secrets.ts';
import { INDEX_NAME, type Table } from '../data/table.ts';

export interface DataParts {
  readonly buckets: Buckets;
  readonly table: Table;
  readonly queues: Queues;
  readonly secrets: Secrets;
}

/** The ARN that a need's resource stands for. A bucket's own ARN is what listing is granted on; its objects' ARN has a key. */
export function resourceArn(data: DataParts, resource: AwsNeed['resource']): string {
  if (resource === 'table') return data.table.arn;
  if (resource === 'table-index') return `${data.table.arn}/index/${INDEX_NAME}`;
  if (resource === 'table-stream') return data.table.streamArn;
  const secret = SECRET_NAMES.find((name) => resource === `secret:${name}`);
  if (secret) return data.secrets.arns[secret];
  const queue = DEPLOYED_QUEUE_NAMES.find((name) => resource === name);
  if (queue) return data.queues.pairs[queue].arn;
  const deadOf = DEPLOYED_QUEUE_NAMES.find((name) => resource === `${name}-dead`);
  if (deadOf) return data.queues.pairs[deadOf].dead.arn;
  const [bucket, ...key] = resource.split('/');
  const arns: Readonly<Record<string, string>> = {
    'raw-bucket': data.buckets.raw.arn,
    'artifacts-bucket': data.buckets.artifacts.arn,
  };
  const arn = arns[bucket ?? ''];
  // A right on something else than was meant must never be granted.
  if (arn === undefined) throw new Error(`The stack has no resource ${resource}, which a needs.json asks for.`);
  return key.length === 0 ? arn : `${arn}/${key.join('/')}`;
}
