import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readAgentNeeds } from '../src/bundles/bundle-files.ts';
import { dev } from '../src/environments/dev.ts';
import { ENVIRONMENTS } from '../src/environments/index.ts';
import { prod } from '../src/environments/prod.ts';
import { chooseProfile, enter } from '../src/operate/choose-profile.ts';
import { synthesise, TARGET_VERSIONS } from '../src/stack/slipstream-app.ts';
import { PROVIDER_VERSION } from '../src/stack/slipstream-stack.ts';
import { type EnvironmentState, readState, writeState } from '../src/state/environment-state.ts';
import { emptyBundles } from './support/empty-bundles.ts';

const STATE: EnvironmentState = {
  account_id: '111122223333',
  bucket: 'slipstream-state-111122223333-us-east-1',
  region: 'us-east-1',
  profile: null,
};
const folderFor = (name: string) => mkdtempSync(join(tmpdir(), `slipstream-${name}-`));
const stackSchema = z.looseObject({
  terraform: z.looseObject({ backend: z.record(z.string(), z.looseObject({})), required_version: z.string() }),
  provider: z.object({ aws: z.tuple([z.looseObject({ allowed_account_ids: z.array(z.string()).optional() })]) }),
});

function synthesised(stateOf: (environment: { name: string }) => EnvironmentState | null, extra = {}) {
  const outdir = folderFor('state');
  synthesise(
    ENVIRONMENTS,
    { bundles: emptyBundles(), agentNeeds: readAgentNeeds(), stateOf, endpoint: null, ...extra },
    outdir,
  );
  const folder = (name: string) => join(outdir, 'stacks', `slipstream-${name}`);
  return {
    folder,
    read: (name: string) => stackSchema.parse(JSON.parse(readFileSync(join(folder(name), 'cdk.tf.json'), 'utf8'))),
  };
}

describe('after the bootstrap', () => {
  test('the stack is synthesised with its state in the bucket, locked there, and no account but its own is entered', () => {
    const { terraform, provider } = synthesised(() => STATE).read('dev');
    expect(terraform.backend).toEqual({
      s3: {
        bucket: STATE.bucket,
        region: 'us-east-1',
        key: 'slipstream-dev.tfstate',
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: [STATE.account_id],
      },
    });
    expect(provider.aws[0].allowed_account_ids).toEqual([STATE.account_id]);
  });

  test('one environment’s bucket, region and account are no other’s', () => {
    const elsewhere = { ...STATE, account_id: '444455556666', bucket: 'another', region: 'eu-west-1' };
    const { read } = synthesised(({ name }) => (name === 'prod' ? elsewhere : null));
    expect(read('dev').terraform.backend).toHaveProperty('local');
    expect(read('dev').provider.aws[0].allowed_account_ids).toBeUndefined();
    expect(read('prod').terraform.backend.s3).toMatchObject({ bucket: 'another', region: 'eu-west-1' });
    expect(read('prod').provider.aws[0].allowed_account_ids).toEqual(['444455556666']);
  });

  test('each environment has a file of its own', () => {
    const folder = folderFor('files');
    writeState(prod, { ...STATE, profile: 'live' }, folder);
    expect(readState(dev, folder)).toBeNull();
    writeState(dev, STATE, folder);
    expect(readState(dev, folder)).toEqual(STATE);
    expect(readState(prod, folder)).toMatchObject({ profile: 'live' });
  });

  test('the file of an earlier version, which served all environments, is refused with the way on', () => {
    const folder = folderFor('shared');
    writeFileSync(join(folder, 'state.json'), '{"bucket":"b","region":"us-east-1"}');
    expect(() => readState(dev, folder)).toThrow(/npm run bootstrap.*state\.json/s);
  });

  test('a torn file is refused', () => {
    const folder = folderFor('torn');
    writeFileSync(join(folder, 'state.dev.json'), '{"bucket":"b"}');
    expect(() => readState(dev, folder)).toThrow(/state\.dev\.json is not valid.*account_id/s);
  });
});

describe('the profile', () => {
  test('is the one given, else the environment’s, and neither where credentials were chosen already', () => {
    const own = { profile: 'slipstream-dev' };
    expect(chooseProfile('mine', own, { AWS_ACCESS_KEY_ID: 'A' })).toBe('mine');
    expect(chooseProfile(null, own, {})).toBe('slipstream-dev');
    expect(chooseProfile(null, null, {})).toBeNull();
    for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'])
      expect(chooseProfile(null, own, { [name]: 'x' }), name).toBeNull();
  });
});

test('a profile that was given is entered by Terraform too, which would take keys in the environment first', () => {
  const env: NodeJS.ProcessEnv = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B', AWS_REGION: 'eu-west-1' };
  enter('mine', env);
  expect(env).toEqual({ AWS_PROFILE: 'mine', AWS_REGION: 'eu-west-1' });
});

describe('what Terraform is told', () => {
  test('the same oldest versions whether cdktn or this program synthesises', () => {
    const config = JSON.parse(readFileSync(new URL('../cdktf.json', import.meta.url), 'utf8'));
    expect(config.targetVersions).toEqual(TARGET_VERSIONS);
    expect(synthesised(() => STATE).read('dev').terraform.required_version).toBe('>= 1.10.0');
  });

  test('one version of the provider: the one that the classes were generated from', () => {
    const { cdktf } = createRequire(import.meta.url)('@cdktn/provider-aws/package.json');
    expect(PROVIDER_VERSION).toBe(cdktf.provider.version);
  });

  test('the lock file and a stack’s overrides stand beside it', () => {
    const given = folderFor('overrides');
    writeFileSync(join(given, 'lock.hcl'), 'provider "x" {}\n');
    writeFileSync(join(given, 'slipstream-dev.tf.json'), '{"output":{}}');
    const { folder } = synthesised(() => null, { lockFile: join(given, 'lock.hcl'), overridesFolder: given });
    expect(readFileSync(join(folder('dev'), '.terraform.lock.hcl'), 'utf8')).toBe('provider "x" {}\n');
    expect(readFileSync(join(folder('dev'), 'cdk_override.tf.json'), 'utf8')).toBe('{"output":{}}');
    expect(() => readFileSync(join(folder('prod'), 'cdk_override.tf.json'))).toThrow('ENOENT');
  });
});
