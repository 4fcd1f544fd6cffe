import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { AwsOptions } from '../aws-options.ts';
import { clientConfig } from '../calls/client-config.ts';

/** A test server has no name for each bucket. */
export function makeS3Client(options: AwsOptions, config: S3ClientConfig = {}): S3Client {
  const isElsewhere = Boolean(options.endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
  return new S3Client({ ...clientConfig(options), forcePathStyle: isElsewhere, ...config });
}
