import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionNeeds } from '@slipstream/shared';
import { App } from 'cdktn';
import type { Bundles } from '../bundles/bundle.ts';
import type { Environment } from '../environments/environment.ts';
import { stackName } from '../environments/index.ts';
import type { EnvironmentState } from '../state/environment-state.ts';
import { SlipstreamStack } from './slipstream-stack.ts';

/** S3 keeps the lock beside the state since Terraform 1.10 and OpenTofu 1.10; cdktn otherwise assumes 1.5.7 and refuses it. */
export const TARGET_VERSIONS = { terraform: '>=1.10.0', opentofu: '>=1.10.0' };

export interface AppOptions {
  readonly bundles: Bundles;
  readonly agentNeeds: FunctionNeeds;
  readonly stateOf: (environment: Environment) => EnvironmentState | null;
  /** Another endpoint than AWS's own: a test server. */
  readonly endpoint: string | null;
  /** Files that Terraform reads beside each stack: the provider's lock file, and `{stack}.tf.json` of the folder of overrides. */
  readonly lockFile?: string | null;
  readonly overridesFolder?: string | null;
}

/** Writes `{outdir}/stacks/{stack}/cdk.tf.json` of each environment. */
export function synthesise(environments: readonly Environment[], options: AppOptions, outdir: string): void {
  const { bundles, agentNeeds, stateOf, endpoint, lockFile = null, overridesFolder = null } = options;
  const app = new App({ outdir, context: { targetVersions: TARGET_VERSIONS } });
  for (const environment of environments)
    new SlipstreamStack(app, environment, { bundles, agentNeeds, state: stateOf(environment), endpoint });
  app.synth();
  for (const name of environments.map(stackName)) {
    const folder = join(outdir, 'stacks', name);
    mkdirSync(folder, { recursive: true });
    copyIfThere(lockFile, join(folder, '.terraform.lock.hcl'));
    copyIfThere(overridesFolder && join(overridesFolder, `${name}.tf.json`), join(folder, 'cdk_override.tf.json'));
  }
}

function copyIfThere(from: string | null, to: string): void {
  if (from !== null && existsSync(from)) copyFileSync(from, to);
}
