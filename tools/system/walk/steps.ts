import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeCheckout } from './checkout.ts';
import { type Finished, runCommand, startCommand } from './commands.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';
import { changedListings, type Holdings } from './emulator/holdings.ts';
import { writeOverrides } from './emulator/overrides.ts';
import { awsCliFolder } from './printed/aws-cli.ts';
import { runPrintedCommands } from './printed/printed-step.ts';
import type { Tools } from './tools.ts';
import { writeDocs } from './write-docs.ts';

export interface WalkOptions {
  readonly folder: string;
  readonly tools: Tools;
  readonly writesDocs: boolean;
}

const STEP_S_MAX = 420;
const INFRA = 'packages/infra-terraform-cdktf';
/** The address of a person who is invited, and the password that they choose. */
const ADA = { email: 'ada@example.com', password: 'Receipts-4-everyone' };
/** The environments' accounts: the emulator takes any key for the first, and a role's for the role's own. */
const ACCOUNT = '123456789012';
const SECOND_ACCOUNT = '444455556666';
const PROFILES = `[profile company]
aws_access_key_id = operator
aws_secret_access_key = test

[profile company-prod]
role_arn = arn:aws:iam::${SECOND_ACCOUNT}:role/deployer
source_profile = company
region = us-east-1
`;
/** What is on the loopback; the rest is on the internet (cannot.ts). */
const TARGETS = '--targets s3,dynamodb,sqs,secretsmanager';

interface Walk {
  /** Runs a command as printed; throws unless it ends so and has printed so. */
  run(
    id: string,
    line: string,
    expected?: { code?: number; prints?: RegExp; not?: RegExp; cwd?: string; env?: NodeJS.ProcessEnv },
  ): Promise<Finished>;
  readonly emulator: Emulator;
  readonly checkout: string;
  /** Runs what the documents print, but for what was run already. */
  runPrinted(imageId: string): Promise<void>;
}

/** Every step in the order of docs/deploy.md. */
export async function takeTheWalk(options: WalkOptions): Promise<void> {
  const startedAt = performance.now();
  const checkout = join(options.folder, 'slipstream');
  makeCheckout(checkout);
  const emulator = await startEmulator(options.folder, checkout);
  const emptyAccounts = await holdingsOfBoth(emulator);
  const captured = new Map<string, { line: string; text: string }>();
  const logFile = join(options.folder, 'walk.log');
  const env = environment(options, emulator);
  const run: Walk['run'] = async (id, line, { code = 0, prints, not, cwd = '.', env: more = {} } = {}) => {
    appendFileSync(logFile, `\n$ ${line}\n`);
    const finished = await runCommand(line, {
      cwd: join(checkout, cwd),
      env: { ...env, ...more },
      logFile,
      secondsMax: STEP_S_MAX,
    });
    captured.set(id, { line, text: finished.text });
    const wrong =
      finished.code !== code
        ? `it ended with ${finished.code} instead of ${code}`
        : prints && !prints.test(finished.text)
          ? `it did not print ${prints}`
          : not?.test(finished.text)
            ? `it printed ${not}`
            : null;
    console.log(`${wrong === null ? 'ok    ' : 'FAILED'} ${`${finished.seconds} s`.padStart(6)}  ${line}`);
    if (wrong === null) return finished;
    throw new Error(`${line}\n${wrong}. It printed last:\n${finished.text.slice(-4_000)}`);
  };
  try {
    const known = () => [...captured.values()].map(({ line }) => line);
    const walk: Walk = {
      run,
      emulator,
      checkout,
      runPrinted: (imageId) =>
        runPrintedCommands({
          folder: options.folder,
          checkout,
          emulator,
          // Ada has chosen it by now.
          env: { ...env, WALK_PASSWORD: ADA.password },
          logFile,
          imageId,
          known: known(),
        }),
    };
    await deploy(walk, options);
    await secondAccount(walk);
    const agent = await signInAndVerify(walk, env, logFile);
    try {
      await releases(walk);
      await walk.runPrinted(await firstImage(walk));
    } finally {
      agent.stop();
    }
    await operate(walk);
    await tearDown(walk, awsCliFolder(options.folder));
    const after = await holdingsOfBoth(emulator);
    const left = emptyAccounts.flatMap((before, index) => changedListings(before, after[index] ?? new Map()));
    if (left.length > 0) throw new Error(`Not everything is gone:\n${left.join('\n')}`);
    console.log('ok              nothing is left in either account, by its own listings');
    console.log(`\nThe whole way, in ${Math.round((performance.now() - startedAt) / 1_000)} s.`);
  } finally {
    // Also of a way that ended early: what was printed was printed.
    if (options.writesDocs) writeDocs(captured, [options.folder]);
    appendFileSync(logFile, `\n--- functions and mappings ---\n${emulator.log.join('\n')}\n`);
    await emulator.stop();
  }
}

/** Nothing of the caller's own AWS or Slipstream settings. */
function environment({ folder, tools }: WalkOptions, emulator: Emulator): NodeJS.ProcessEnv {
  const browser = join(folder, 'browser');
  writeFileSync(
    browser,
    `#!/bin/sh\nexec "${process.execPath}" "${resolve(import.meta.dirname, 'browser.ts')}" "$1"\n`,
  );
  chmodSync(browser, 0o755);
  const home = join(folder, 'home');
  mkdirSync(join(home, '.aws'), { recursive: true });
  writeFileSync(join(home, '.aws/config'), PROFILES);
  return {
    PATH: `${process.execPath.replace(/\/node$/, '')}:${process.env.PATH}`,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    // The registry that this machine asks, since npm reads it from the home folder.
    npm_config_userconfig: process.env.npm_config_userconfig ?? join(homedir(), '.npmrc'),
    NO_COLOR: '1',
    CI: 'true',
    CHECKPOINT_DISABLE: '1',
    // The provider waits for seconds until each change is seen by every server of AWS: not one after the other here.
    TF_CLI_ARGS_apply: '-parallelism=40',
    TF_CLI_ARGS_destroy: '-parallelism=40',
    TF_CLI_CONFIG_FILE: tools.terraformConfig,
    SLIPSTREAM_TERRAFORM_OVERRIDES: join(folder, 'overrides'),
    AWS_ENDPOINT_URL: emulator.url,
    // Terraform's S3 backend takes no other word for where a profile's role is assumed.
    AWS_ENDPOINT_URL_STS: emulator.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'test',
    BROWSER: browser,
    WALK_EMAIL: ADA.email,
    WALK_NEW_PASSWORD: ADA.password,
    WALK_BROWSER_LOG: join(folder, 'browser.log'),
  };
}

async function deploy({ run, emulator, checkout }: Walk, { folder, tools }: WalkOptions): Promise<void> {
  await run('bootstrap', 'npm run bootstrap -- --env dev', {
    prints: /Commit packages\/infra-terraform-cdktf\/state\.dev\.json/,
  });
  await run('synth', 'npm run synth', { prints: /Synthesised slipstream-dev and slipstream-prod/, not: /ERROR/ });
  const overrides = join(folder, 'overrides');
  mkdirSync(overrides, { recursive: true });
  const { providerVersion } = tools;
  for (const stack of ['slipstream-dev', 'slipstream-prod'])
    writeOverrides(
      join(checkout, INFRA, 'cdktf.out/stacks', stack, 'cdk.tf.json'),
      join(overrides, `${stack}.tf.json`),
      { providerVersion, issuer: emulator.issuer },
    );
  await run('diff', 'npm run diff -- --env dev', {
    prints: /Plan: \d+ to add, 0 to change, 0 to destroy/,
    not: /\[ERROR\]/,
  });
  emulator.takeZips();
  await run('deploy', 'npm run deploy -- --env dev --auto-approve', { prints: /api_url = /, not: /\[ERROR\]/ });
}

/** prod has an account of its own: planned there, entered by its profile alone, refused to the first account's key. */
async function secondAccount({ run }: Walk): Promise<void> {
  await run('bootstrap-prod', 'npm run bootstrap -- --env prod --profile company-prod', {
    prints: new RegExp(`slipstream-state-${SECOND_ACCOUNT}-us-east-1, in the account ${SECOND_ACCOUNT}`),
  });
  await run('diff-foreign', 'npm run diff -- --env prod', { code: 1, prints: new RegExp(`not allowed: ${ACCOUNT}`) });
  const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  await run('preflight-prod', 'npm run preflight -- --env prod', {
    env: noKeys,
    prints: new RegExp(`ok +account +${SECOND_ACCOUNT}`),
  });
  await run('diff-prod', 'npm run diff -- --env prod', {
    env: noKeys,
    prints: /Plan: \d+ to add, 0 to change, 0 to destroy/,
  });
}

async function holdingsOfBoth(emulator: Emulator): Promise<Holdings[]> {
  return [await emulator.holdings(ACCOUNT), await emulator.holdings(SECOND_ACCOUNT)];
}

/** The first person, the index, the agent on a machine beside, and a receipt's whole way. */
async function signInAndVerify({ run, emulator, checkout }: Walk, env: NodeJS.ProcessEnv, logFile: string) {
  const outputs = `--outputs ${INFRA}/outputs.dev.json`;
  await run('users-add', `./slipstream users add ${ADA.email} --stack dev ${outputs}`, { prints: /is invited/ });
  const password = emulator.mailbox.get(ADA.email);
  if (password === undefined) throw new Error('No mail with a password was sent.');
  await run(
    'health',
    'curl -sS "$(node -p "JSON.parse(fs.readFileSync(\'packages/infra-terraform-cdktf/outputs.dev.json\'))[\'slipstream-dev\'].api_url")/health"',
    { prints: /"status":"ok"/ },
  );
  await run('login', `./slipstream login --stack dev ${outputs}`, {
    env: { WALK_PASSWORD: password },
    prints: /Signed in to slipstream-dev/,
  });
  await run('users-list', './slipstream users list --stack dev', { prints: /ada@example\.com +CONFIRMED +yes/ });
  await run('index-init', './slipstream index init --stack dev');
  const agentLine = `./receipt-ocr --continuous ${outputs}`;
  appendFileSync(logFile, `\n$ ${agentLine} &\n`);
  const agent = startCommand(agentLine, { cwd: checkout, env, logFile, secondsMax: 0 });
  try {
    await run('verify', `npm run verify -- --env dev ${TARGETS}`, { prints: /sample: validated .*receipt 1 is/ });
    await run('submit', './slipstream submit samples/us-diner.jpg --stack dev --wait', { prints: /us-diner/ });
    await run('list', './slipstream list --stack dev');
  } catch (error) {
    stop(agent.child.pid);
    throw error;
  }
  return { stop: () => stop(agent.child.pid) };
}

function stop(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, 'SIGTERM');
}

/** A version that passes, deployed as the user calls it; then one that is broken where only a receipt's way shows it. */
async function releases({ run, emulator, checkout }: Walk): Promise<void> {
  const dist = join(checkout, 'apps/lambdas/dist');
  for (const name of ['api', 'submit-job', 'validate-receipt'])
    appendFileSync(join(dist, name, 'index.mjs'), '\n// another version\n');
  await run('npx-deploy', 'npx cdktf deploy slipstream-dev --auto-approve', { cwd: INFRA, prints: /Apply complete/ });
  emulator.takeZips();
  const release = `npm run release -- --env dev --watch 2 ${TARGETS}`;
  await run('release', release, { prints: /all to version 2[\s\S]*slipstream-dev: released\./ });

  const broken = join(dist, 'validate-receipt/index.mjs');
  const good = readFileSync(broken, 'utf8');
  writeFileSync(broken, `${good}\nthrow new Error('a version that cannot start');\n`);
  await run('deploy-broken', 'npm run deploy -- --env dev --auto-approve');
  emulator.takeZips();
  await run('release-broken', `${release} --wait 45`, {
    code: 1,
    prints: /Rolled back: verify failed.*[\s\S]*slipstream-dev: rolled back\./,
  });
  writeFileSync(broken, good);
  const served = await emulator.liveVersion('slipstream-dev-validate-receipt');
  if (served !== '2') throw new Error(`After the rollback validate-receipt serves version ${served} instead of 2.`);
}

async function firstImage({ run }: Walk): Promise<string> {
  const { text } = await run('list-json', './slipstream list --stack dev --json');
  const found = /"image_id": ?"([0-9a-f-]{36})"/.exec(text)?.[1];
  if (found === undefined) throw new Error(`No image is listed: ${text}`);
  return found;
}

async function operate({ run, emulator }: Walk): Promise<void> {
  emulator.publishImage();
  await run('nat-image', 'npm run nat:image -- --env dev', { prints: /ami-0fffffffffffffff0/ });
  await run('nat-diff', 'npm run diff -- --env dev', { prints: /ami-0fffffffffffffff0/ });
  await run('users-verify', './slipstream users add --for-verify --stack dev', {
    prints: /verify@slipstream-dev\.invalid/,
  });
  await run('users-disable', `./slipstream users disable ${ADA.email} --stack dev`, {
    prints: /cannot sign in any more/,
  });
  await run('cost', 'npm run cost -- --env dev', { prints: /in all/ });
}

async function tearDown({ run }: Walk, awsFolder: string | null): Promise<void> {
  const aws = awsFolder === null ? null : { PATH: `${awsFolder}:${process.env.PATH}` };
  const described = aws
    ? await run('key', 'aws kms describe-key --key-id alias/slipstream-dev --query KeyMetadata.KeyId --output text', {
        env: aws,
      })
    : null;
  await run('destroy-refused', 'npm run destroy -- --env dev', { code: 1, prints: /To lose it: --delete-data/ });
  await run('destroy', 'npm run destroy -- --env dev --delete-data --auto-approve', { prints: /Destroy complete/ });
  if (described && aws)
    await run('keep-key', `aws kms cancel-key-deletion --key-id ${described.text.trim()}`, { env: aws });
  await run('unbootstrap', 'npm run bootstrap -- --env dev --remove', { prints: /are removed/ });
  await run('unbootstrap-prod', 'npm run bootstrap -- --env prod --remove --profile company-prod', {
    prints: /are removed/,
  });
}
