import {
  BucketAlreadyOwnedByYou,
  BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  NoSuchBucket,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { policyDocument } from '../terraform/policy-document.ts';

/** Makes the bucket private, encrypted, versioned and TLS only; what is there already stays as it is. May run again. */
export async function makeStateBucket(
  s3: S3Client,
  Bucket: string,
  region: string,
  options: { readonly tlsOnly: boolean },
): Promise<void> {
  try {
    // us-east-1 is the one region that must not be named.
    const location =
      region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: constraintOf(region) } };
    await s3.send(new CreateBucketCommand({ Bucket, ...location }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true }],
      },
    }),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  if (options.tlsOnly) await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnlyPolicy(Bucket) }));
}

/** Keys of the states that the bucket still holds. */
export async function statesIn(s3: S3Client, Bucket: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of versionPages(s3, Bucket)) {
    for (const { Key, IsLatest } of page.Versions ?? []) if (Key?.endsWith('.tfstate') && IsLatest) keys.push(Key);
  }
  return keys;
}

/** Removes the bucket with every version of every state: nothing can be brought back. */
export async function removeStateBucket(s3: S3Client, Bucket: string): Promise<void> {
  try {
    for await (const page of versionPages(s3, Bucket)) {
      const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) =>
        Key === undefined ? [] : [{ Key, VersionId }],
      );
      if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    }
    await s3.send(new DeleteBucketCommand({ Bucket }));
  } catch (error) {
    if (!(error instanceof NoSuchBucket)) throw error;
  }
}

async function* versionPages(s3: S3Client, Bucket: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let after: Pick<ListObjectVersionsCommandOutput, 'NextKeyMarker' | 'NextVersionIdMarker'> = {};
  for (;;) {
    const page = await s3.send(
      new ListObjectVersionsCommand({
        Bucket,
        KeyMarker: after.NextKeyMarker,
        VersionIdMarker: after.NextVersionIdMarker,
      }),
    );
    yield page;
    if (!page.IsTruncated) return;
    after = page;
  }
}

function tlsOnlyPolicy(bucket: string): string {
  const arn = `arn:aws:s3:::${bucket}`;
  return policyDocument([
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
}

function constraintOf(region: string): BucketLocationConstraint {
  const found = Object.values(BucketLocationConstraint).find((each) => each === region);
  if (!found) throw new Error(`S3 knows no region ${region}.`);
  return found;
}
