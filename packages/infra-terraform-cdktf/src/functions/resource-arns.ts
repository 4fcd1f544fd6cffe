import { QUEUE_NAMES } from '@slipstream/shared';
import type { Buckets } from '../data/buckets.ts';
import type { Queues } from '../data/queues.ts';
import type { Secrets } from '../data/secrets.ts';
import { INDEX_NAME, type Table } from '../data/table.ts';
import type { LogicalResource } from './grants.ts';

export interface DataParts {
  readonly buckets: Buckets;
  readonly table: Table;
  readonly queues: Queues;
  readonly secrets: Secrets;
}

/** The ARN that a logical resource stands for. A bucket's own ARN is what listing is granted on; its objects' ARN has a key. */
export function resourceArn(data: DataParts, resource: LogicalResource): string {
  if (resource === 'table') return data.table.arn;
  if (resource === 'table-index') return `${data.table.arn}/index/${INDEX_NAME}`;
  if (resource === 'table-stream') return data.table.streamArn;
  if (resource === 'secret:openai') return data.secrets.arns.openai;
  if (resource === 'secret:places') return data.secrets.arns.places;
  const queue = QUEUE_NAMES.find((name) => resource === name);
  if (queue) return data.queues.pairs[queue].arn;
  const deadOf = QUEUE_NAMES.find((name) => resource === `${name}-dead`);
  if (deadOf) return data.queues.pairs[deadOf].dead.arn;
  const [bucket, ...key] = resource.split('/');
  const arn = bucket === 'raw-bucket' ? data.buckets.raw.arn : data.buckets.artifacts.arn;
  return key.length === 0 ? arn : `${arn}/${key.join('/')}`;
}
