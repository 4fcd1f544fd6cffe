import { join } from 'node:path';
import { needsOfBundles } from './bundles/bundle.ts';
import { BUNDLES_DIR, readAgentNeeds, readBundles } from './bundles/bundle-files.ts';
import { ensureBundles } from './bundles/ensure-bundles.ts';
import { environmentNotes } from './environments/environment-notes.ts';
import { ENVIRONMENTS, stackName } from './environments/index.ts';
import { synthesise } from './stack/slipstream-app.ts';
import { readState } from './state/environment-state.ts';

/** The app that cdktf.json names: synthesises every environment. */
const PACKAGE = join(import.meta.dirname, '..');
/** Made by the workflow provider-lock.yml for every platform, and committed. */
const LOCK_FILE = join(PACKAGE, 'provider.lock.hcl');

try {
  // cdktn prints an app's standard error as errors: what is no error goes to standard output.
  for (const bundle of ensureBundles()) console.log(`Zipped ${bundle.function}.`);
  for (const environment of ENVIRONMENTS) {
    if (readState(environment) === null)
      console.log(
        `${stackName(environment)}: Terraform's state is a file beside cdktf.json. For more than a first look: npm run bootstrap -- --env ${environment.name}`,
      );
  }
  const bundles = readBundles(BUNDLES_DIR);
  for (const environment of ENVIRONMENTS)
    for (const note of environmentNotes(environment, needsOfBundles(bundles)))
      console.log(`${stackName(environment)}: ${note}`);
  // cdktn says where it wants the result.
  const outdir = process.env.CDKTF_OUTDIR ?? join(PACKAGE, 'cdktf.out');
  synthesise(
    ENVIRONMENTS,
    {
      bundles,
      agentNeeds: readAgentNeeds(),
      stateOf: readState,
      endpoint: process.env.AWS_ENDPOINT_URL ?? null,
      lockFile: LOCK_FILE,
      overridesFolder: process.env.SLIPSTREAM_TERRAFORM_OVERRIDES ?? null,
    },
    outdir,
  );
  console.log(`Synthesised ${ENVIRONMENTS.map(stackName).join(' and ')} into ${outdir}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
