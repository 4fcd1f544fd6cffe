export type { AwsCredentials, AwsOptions } from './aws-options.ts';
export { awsStoreOptionsFrom } from './aws-store-environment.ts';
export { toStoreError } from './calls/to-store-error.ts';
export { DynamoRecords } from './dynamodb/dynamo-records.ts';
export { type AwsStore, type AwsStoreOptions, openAwsStore, type QueueAddress } from './open-aws-store.ts';
export { S3ObjectStore } from './s3/s3-object-store.ts';
export { SqsConnection } from './sqs/sqs-connection.ts';
export { SqsQueue, type SqsQueueOptions } from './sqs/sqs-queue.ts';
