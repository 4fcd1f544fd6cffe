import { DEPLOYED_QUEUE_NAMES, queueVariables } from '@slipstream/shared';
import { MOUNT_PATH } from '../data/shared-files.ts';
import type { Environment } from '../environments/environment.ts';
import type { DataParts } from '../rights/resource-arns.ts';

/** Every queue's address and that of its dead letters. */
export function queueAddresses(queues: DataParts['queues']): Record<string, string> {
  const entries = DEPLOYED_QUEUE_NAMES.flatMap((name) => {
    const { url, dead } = queueVariables(name);
    return [
      [url, queues.pairs[name].url],
      [dead, queues.pairs[name].dead.url],
    ];
  });
  return Object.fromEntries(entries);
}

/** The functions' environment: names and addresses, never a secret. */
export function functionVariables(data: DataParts, environment: Environment): Record<string, string> {
  return {
    ...queueAddresses(data.queues),
    DYNAMO_TABLE_NAME: data.table.name,
    RAW_BUCKET: data.buckets.raw.name,
    ARTIFACTS_BUCKET: data.buckets.artifacts.name,
    OPENAI_SECRET_ARN: data.secrets.arns.openai,
    PLACES_SECRET_ARN: data.secrets.arns.places,
    SLIPSTREAM_ENVIRONMENT: environment.name,
    LOG_LEVEL: 'info',
    // A mount serves readers copies of what is published; the home stays in the bucket, which needs no mount to be read.
    ...(environment.efs ? { INDEX_MOUNT_PATH: MOUNT_PATH, VECTOR_STORAGE_MODE: 'auto' } : {}),
    ...(environment.llm ? { OPENAI_BASE_URL: environment.llm.base_url, OPENAI_MODEL: environment.llm.model } : {}),
  };
}
