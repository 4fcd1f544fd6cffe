import { QUEUE_NAMES, queueVariables } from '@slipstream/shared';
import type { AwsStoreOptions, QueueAddress } from './open-aws-store.ts';

/** What the environment says of the store; region, credentials and `AWS_ENDPOINT_URL` are read by the SDK itself. */
export function awsStoreOptionsFrom(environment: Readonly<Record<string, string | undefined>>): AwsStoreOptions {
  const { DYNAMO_TABLE_NAME: table, RAW_BUCKET: rawBucket, ARTIFACTS_BUCKET: artifactsBucket } = environment;
  const queues = QUEUE_NAMES.flatMap((name): (readonly [string, QueueAddress])[] => {
    const variables = queueVariables(name);
    const [url, deadUrl] = [environment[variables.url], environment[variables.dead]];
    return url ? [[name, { url, ...(deadUrl ? { deadUrl } : {}) }]] : [];
  });
  return {
    ...(table ? { table } : {}),
    ...(rawBucket ? { rawBucket } : {}),
    ...(artifactsBucket ? { artifactsBucket } : {}),
    queues: Object.fromEntries(queues),
  };
}
