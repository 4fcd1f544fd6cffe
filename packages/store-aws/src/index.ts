export type { AwsOptions } from './aws-options.ts';
export { SqsQueue } from './sqs/sqs-queue.ts';
export { toStoreError } from './to-store-error.ts';
