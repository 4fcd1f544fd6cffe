import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { deployerPolicy, githubTrust } from '../src/operate/deployer-policy.ts';
import { readState, stateBucketName } from '../src/state/environment-state.ts';

/**
 * npm run --silent deployer-policy -- --env dev [--github OWNER/REPOSITORY]: the deployer's policy; with --github the
 * trust policy of a role that CI enters by OIDC. JSON, for aws iam create-policy and create-role.
 */
const { environment, text } = scriptArguments(
  'npm run --silent deployer-policy -- --env dev [--github <owner/repository>]',
  [],
  ['github'],
);

await runScript(async () => {
  const state = readState(environment);
  const account =
    state?.account_id ??
    (await new STSClient({ region: environment.region }).send(new GetCallerIdentityCommand({}))).Account ??
    '';
  const bucket = state?.bucket ?? stateBucketName(account, environment.region);
  const github = text('github');
  console.log(github ? githubTrust(github, account, environment.name) : deployerPolicy(environment, account, bucket));
});
