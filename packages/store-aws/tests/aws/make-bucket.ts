import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { REGION } from '@slipstream/testing/vitest';

/** An empty bucket under a name of its own. */
export async function makeBucket(endpoint: string): Promise<string> {
  const client = new S3Client({ endpoint, region: REGION, forcePathStyle: true });
  const name = `b-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: name }));
  client.destroy();
  return name;
}
