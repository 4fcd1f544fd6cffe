import { QUEUE_NAMES, type QueueName } from '@slipstream/shared';
import type { AwsStoreOptions, QueueAddress } from './open-aws-store.ts';

/** The variables that name each queue and its dead letters, as the deploy sets them. */
export const QUEUE_VARIABLES = {
  'uploads-queue': { url: 'UPLOADS_QUEUE_URL', dead: 'UPLOADS_DEAD_QUEUE_URL' },
  'ocr-queue': { url: 'OCR_JOB_QUEUE_URL', dead: 'OCR_JOB_DEAD_QUEUE_URL' },
  'ocr-results-queue': { url: 'OCR_RESULTS_QUEUE_URL', dead: 'OCR_RESULTS_DEAD_QUEUE_URL' },
  'validate-queue': { url: 'VALIDATE_QUEUE_URL', dead: 'VALIDATE_DEAD_QUEUE_URL' },
  'compaction-queue': { url: 'COMPACTION_QUEUE_URL', dead: 'COMPACTION_DEAD_QUEUE_URL' },
} as const satisfies Record<QueueName, { readonly url: string; readonly dead: string }>;

/** What the environment says of the store; region, credentials and `AWS_ENDPOINT_URL` are read by the SDK itself. */
export function awsStoreOptionsFrom(environment: Readonly<Record<string, string | undefined>>): AwsStoreOptions {
  const { DYNAMO_TABLE_NAME: table, RAW_BUCKET: rawBucket, ARTIFACTS_BUCKET: artifactsBucket } = environment;
  const queues = QUEUE_NAMES.flatMap((name): (readonly [string, QueueAddress])[] => {
    const url = environment[QUEUE_VARIABLES[name].url];
    const deadUrl = environment[QUEUE_VARIABLES[name].dead];
    return url ? [[name, { url, ...(deadUrl ? { deadUrl } : {}) }]] : [];
  });
  return {
    ...(table ? { table } : {}),
    ...(rawBucket ? { rawBucket } : {}),
    ...(artifactsBucket ? { artifactsBucket } : {}),
    queues: Object.fromEntries(queues),
  };
}
