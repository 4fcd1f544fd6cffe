import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasMoto, startMoto } from '@slipstream/testing/aws-server';
import type { Environment } from '../src/environments/environment.ts';
import { runScript } from '../src/operate/arguments.ts';
import { mirroredProviders } from '../src/operate/terraform-mirror.ts';
import { PROVIDER_VERSION } from '../src/stack/slipstream-stack.ts';
import { describeEnvironment } from '../tests/support/combinations.ts';
import { combinationsToTest } from '../tests/support/pairwise.ts';
import { readmeStack } from '../tests/support/readme-stack.ts';
import { Synthesised } from '../tests/support/synthesised.ts';

/**
 * npm run test:plan: `terraform plan`, which validates first, with the real provider for every combination of switches
 * that a pairwise table gives (SLIPSTREAM_ALL_COMBINATIONS=1: for all of them) and for the program of the NAT construct's
 * README, against an AWS-protocol server.
 */
const folder = mkdtempSync(join(tmpdir(), 'slipstream-plan-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

await runScript(async () => {
  const config = terraformConfig();
  const versions = mirroredProviders(config);
  const missing =
    spawnSync('terraform', ['version']).status !== 0
      ? 'terraform is not installed'
      : !versions?.[0]
        ? 'neither does TF_CLI_CONFIG_FILE name a mirror with hashicorp/aws, nor TF_PLUGINS a folder'
        : hasMoto('all')
          ? null
          : 'Python has no moto with all of its services';
  if (missing !== null || !versions?.[0]) {
    console.error(`SKIPPED test:plan: ${missing}. No combination was planned.`);
    return;
  }
  const moto = await startMoto('all');
  try {
    planAll(moto.endpoint, config, versions[0]);
  } finally {
    moto.stop();
  }
});

function planAll(endpoint: string, config: string, provider: string): void {
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: config,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    CHECKPOINT_DISABLE: '1',
  };
  const terraform = (...args: string[]) =>
    spawnSync('terraform', [...args, '-no-color'], { cwd: folder, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const stacks = [
    ...combinationsToTest().map((environment) => ({
      name: describeEnvironment(environment),
      make: () => new Synthesised(withKnownImage(environment), undefined, endpoint).folder,
    })),
    { name: "the NAT construct's README, as a stack of its own", make: readmeStack },
  ];
  let failed = 0;
  for (const [index, { name, make }] of stacks.entries()) {
    const made = make();
    copyFileSync(join(made, 'cdk.tf.json'), join(folder, 'cdk.tf.json'));
    if (existsSync(join(made, 'assets'))) spawnSync('cp', ['-r', join(made, 'assets'), folder]);
    if (provider !== PROVIDER_VERSION) adapt(join(folder, 'cdk.tf.json'), provider);
    // One folder for all: the provider is linked once.
    const steps: string[][] = [
      ...(index === 0 || make === readmeStack ? [['init', '-input=false', '-reconfigure']] : []),
      // A plan begins with everything that `terraform validate` does, and ends there where something is not valid.
      ['plan', '-input=false', '-lock=false', '-refresh=false'],
    ];
    const wrong = steps.map((args) => ({ args, ...terraform(...args) })).find(({ status }) => status !== 0);
    console.log(`${wrong ? 'FAILED' : 'ok    '}  ${name}`);
    if (wrong) console.error(`terraform ${wrong.args[0]}:\n${wrong.stderr}`);
    failed += wrong ? 1 : 0;
    rmSync(join(made, '../..'), { recursive: true, force: true });
  }
  if (provider !== PROVIDER_VERSION)
    console.log(`With provider ${provider}, which does not know nodejs24.x: nodejs22.x stood in its place.`);
  if (failed > 0) throw new Error(`${failed} of ${stacks.length} stacks are not valid or cannot be planned.`);
  console.log(`${stacks.length} stacks are valid and can be planned.`);
}

/** The server knows none but the newest version of Amazon's public parameters. */
function withKnownImage(environment: Environment): Environment {
  const { nat } = environment;
  const isPinned = nat.kind === 'instance' && nat.image_version !== 'newest';
  return isPinned ? { ...environment, nat: { ...nat, image_version: 'newest' } } : environment;
}

/** An older provider knows all of it but the runtime's name. */
function adapt(path: string, provider: string): void {
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text
      .replaceAll('"nodejs24.x"', '"nodejs22.x"')
      // Whatever of the provider a stack asks for.
      .replace(/("source": "(?:hashicorp\/)?aws",\s*"version": )"[^"]+"/, `$1"${provider}"`),
  );
}

/** The machine's own, or one of the folder that TF_PLUGINS names. */
function terraformConfig(): string {
  const { TF_CLI_CONFIG_FILE, TF_PLUGINS } = process.env;
  if (mirroredProviders(TF_CLI_CONFIG_FILE) !== null || !TF_PLUGINS) return TF_CLI_CONFIG_FILE ?? '';
  const path = join(folder, 'terraform.rc');
  writeFileSync(path, `provider_installation {\n  filesystem_mirror {\n    path = "${TF_PLUGINS}"\n  }\n}\n`);
  return path;
}
