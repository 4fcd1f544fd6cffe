import { stackName } from '../src/environments/index.ts';
import { scriptArguments } from '../src/operate/arguments.ts';
import { runCdktf, runPackageScript } from '../src/operate/run-terraform.ts';

/**
 * npm run diff|deploy -- --env dev [--auto-approve]: cdktf for one environment. A deploy begins with the preflight, and
 * leaves outputs.dev.json behind.
 */
const { environment, positionals, has } = scriptArguments(
  'npm run deploy -- --env dev [--profile <AWS profile>] [--auto-approve] [--skip-preflight]',
  ['auto-approve', 'skip-preflight'],
);
const stack = stackName(environment);
const deploy = [
  '--outputs-file',
  `outputs.${environment.name}.json`,
  ...(has('auto-approve') ? ['--auto-approve'] : []),
];
if (positionals[0] !== 'deploy') process.exitCode = runCdktf(['diff', stack]);
else {
  const preflight = has('skip-preflight') ? 0 : runPackageScript('preflight.ts', ['--env', environment.name]);
  process.exitCode = preflight === 0 ? runCdktf(['deploy', stack, ...deploy]) : preflight;
}
