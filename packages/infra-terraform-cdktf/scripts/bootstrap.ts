import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BucketAlreadyOwnedByYou,
  BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { policyDocument } from '../src/stack/policy-document.ts';

/**
 * npm run bootstrap -- --env dev: the bucket for Terraform's state, and state.json that names it. May run again.
 * Locks are S3's own (a file beside the state), so there is no table.
 */
const { environment } = scriptArguments('npm run bootstrap -- --env dev');

await runScript(async () => {
  const { region } = environment;
  const { Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  if (!Account) throw new Error('AWS did not say whose account this is. Sign in first: aws sso login');
  const Bucket = `slipstream-state-${Account}-${region}`;
  const s3 = new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
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
  const arn = `arn:aws:s3:::${Bucket}`;
  const tlsOnly = policyDocument([
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
  // A test server speaks plain HTTP, and would lock itself out.
  if (process.env.AWS_ENDPOINT_URL === undefined)
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: tlsOnly }));
  writeFileSync(join(import.meta.dirname, '../state.json'), `${JSON.stringify({ bucket: Bucket, region }, null, 2)}\n`);
  console.log(`Terraform's state goes to ${Bucket}. Commit state.json.`);
});

function constraintOf(region: string): BucketLocationConstraint {
  const found = Object.values(BucketLocationConstraint).find((each) => each === region);
  if (!found) throw new Error(`S3 knows no region ${region}.`);
  return found;
}
