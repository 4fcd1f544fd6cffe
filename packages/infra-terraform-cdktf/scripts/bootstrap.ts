import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { stackName } from '../src/environments/index.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { PACKAGE } from '../src/operate/run-terraform.ts';
import { stateBucketName, stateFileName, writeState } from '../src/state/environment-state.ts';
import { makeStateBucket, removeStateBucket, statesIn } from '../src/state/state-bucket.ts';

/**
 * npm run bootstrap -- --env dev [--profile NAME]: the bucket for Terraform's state, and state.dev.json, which names it
 * and the account. May run again. Locks are S3's own (a file beside the state), so there is no table.
 * With --remove: the bucket goes, once no environment of the account and region has a stack any more.
 */
const { environment, has, profile } = scriptArguments(
  'npm run bootstrap -- --env dev [--profile <AWS profile>] [--remove]',
  ['remove'],
);

await runScript(async () => {
  const { region } = environment;
  const { Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  if (!Account) throw new Error('AWS did not say whose account this is. Sign in first: aws sso login');
  const bucket = stateBucketName(Account, region);
  // A test server speaks plain HTTP, and would lock itself out.
  const isTestServer = process.env.AWS_ENDPOINT_URL !== undefined;
  const s3 = new S3Client({ region, forcePathStyle: isTestServer });
  if (has('remove')) return remove(s3, bucket);
  await makeStateBucket(s3, bucket, region, { tlsOnly: !isTestServer });
  const file = writeState(environment, { account_id: Account, bucket, region, profile });
  console.log(`Terraform's state of ${stackName(environment)} goes to ${bucket}, in the account ${Account}.`);
  console.log(`Commit packages/infra-terraform-cdktf/${file}.`);
  const local = `${stackName(environment)}.tfstate`;
  if (existsSync(join(PACKAGE, local)))
    console.log(`${local} holds the state of an earlier deploy: npm run state:move -- --env ${environment.name}`);
});

async function remove(s3: S3Client, bucket: string): Promise<void> {
  const alive = (await statesIn(s3, bucket)).filter((key) => key !== `${stackName(environment)}.tfstate`);
  if (alive.length > 0)
    throw new Error(`${bucket} holds the state of ${alive.join(', ')} too: destroy those first (npm run destroy).`);
  await removeStateBucket(s3, bucket);
  rmSync(join(PACKAGE, stateFileName(environment)), { force: true });
  console.log(`${bucket} and ${stateFileName(environment)} are removed.`);
}
