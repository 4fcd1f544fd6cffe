import { join } from 'node:path';
import { stackName } from '../src/environments/index.ts';
import { scriptArguments } from '../src/operate/arguments.ts';
import { examineStack } from '../src/operate/run-doctor.ts';
import { PACKAGE, runCdktf, runPackageScript } from '../src/operate/run-terraform.ts';
import { takeOutputs } from '../src/operate/take-outputs.ts';

/**
 * npm run diff|deploy -- --env dev [--auto-approve]: cdktf for one environment. A deploy begins with the preflight and
 * the doctor's look at the synthesised stack, and leaves outputs.dev.json behind.
 */
const { environment, positionals, has } = scriptArguments(
  'npm run deploy -- --env dev [--profile <AWS profile>] [--auto-approve] [--skip-preflight] [--no-doctor]',
  ['auto-approve', 'skip-preflight', 'no-doctor'],
);
const stack = stackName(environment);
const outputs = `outputs.${environment.name}.json`;
const deploy = ['--outputs-file', `${outputs}.new`, ...(has('auto-approve') ? ['--auto-approve'] : [])];
if (positionals[0] !== 'deploy') process.exitCode = runCdktf(['diff', stack]);
else {
  const preflight = has('skip-preflight') ? 0 : runPackageScript('preflight.ts', ['--env', environment.name]);
  process.exitCode = preflight === 0 ? examinedDeploy() : preflight;
}

function examinedDeploy(): number {
  const refusal = has('no-doctor') ? null : runCdktf(['synth']) === 0 ? examineStack(stack) : 'It was not synthesised.';
  if (refusal === null) {
    const status = runCdktf(['deploy', stack, ...deploy]);
    if (takeOutputs(join(PACKAGE, `${outputs}.new`), join(PACKAGE, outputs)))
      console.log(`They are in packages/infra-terraform-cdktf/${outputs} from now on.`);
    return status;
  }
  console.error(refusal);
  return 1;
}
