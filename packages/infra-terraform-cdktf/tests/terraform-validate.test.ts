import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dev } from '../src/environments/dev.ts';
import { mirroredProviders } from '../src/operate/terraform-mirror.ts';
import { PROVIDER_VERSION } from '../src/stack/slipstream-stack.ts';
import { combinations } from './support/combinations.ts';
import { Synthesised } from './support/synthesised.ts';

const versions = mirroredProviders(process.env.TF_CLI_CONFIG_FILE);
const hasTerraform = spawnSync('terraform', ['version']).status === 0;
const runs = hasTerraform && versions !== null && versions.length > 0;
if (!runs) {
  console.warn(
    `TERRAFORM VALIDATE NOT RUN: ${hasTerraform ? 'TF_CLI_CONFIG_FILE names no file-system mirror with hashicorp/aws' : 'terraform is not installed'}. Nothing was checked against the real provider.`,
  );
}

/** The first provider that knows nodejs24.x. */
const KNOWS_NODE_24 = [6, 20];

/** dev as it is, and the two combinations that between them have every kind of resource. */
const everything = combinations();
const CASES = [
  dev,
  everything.find(
    (e) => e.nat.kind === 'gateway' && e.efs && e.api.domain?.weighted && e.agent_access.kind === 'roles-anywhere',
  ),
  everything.find(
    (e) => e.network.kind === 'existing' && e.api.authorizer.kind === 'oidc' && e.agent_access.kind === 'sso',
  ),
].flatMap((environment) => environment ?? []);

test.skipIf(!runs).each(CASES.map((environment, index) => [index, environment] as const))(
  'terraform validate accepts case %i',
  (_, environment) => {
    const { folder } = new Synthesised(environment);
    const [major = 0, minor = 0] = (versions?.[0] ?? '').split('.').map(Number);
    if (major < 6 || (major === 6 && minor < (KNOWS_NODE_24[1] ?? 0))) adaptToOlderProvider(folder);
    const terraform = (...args: string[]) =>
      spawnSync('terraform', [...args, '-no-color'], { cwd: folder, encoding: 'utf8' });
    const init = terraform('init', '-backend=false', '-input=false');
    expect(init.status, init.stderr).toBe(0);
    const validate = terraform('validate');
    expect(validate.stdout + validate.stderr).toContain('The configuration is valid');
  },
);

/** An older provider knows all of it but the runtime's name: only that, and the version asked for, are changed in the copy. */
function adaptToOlderProvider(folder: string): void {
  console.warn(
    `The mirror's provider ${versions?.[0]} is older than nodejs24.x: validated with nodejs22.x in its place.`,
  );
  const path = join(folder, 'cdk.tf.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text
      .replaceAll('"nodejs24.x"', '"nodejs22.x"')
      .replace(`"version": "${PROVIDER_VERSION}"`, '"version": ">= 5.0.0"'),
  );
}
