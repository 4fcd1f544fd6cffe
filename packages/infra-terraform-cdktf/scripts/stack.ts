import { stackName } from '../src/environments/index.ts';
import { scriptArguments } from '../src/operate/arguments.ts';
import { runCdktf } from '../src/operate/run-terraform.ts';

/** npm run diff|deploy -- --env dev [--auto-approve]: cdktf for one environment; a deploy leaves outputs.json behind. */
const { environment, positionals, has } = scriptArguments('npm run deploy -- --env dev [--auto-approve]', [
  'auto-approve',
]);
const verb = positionals[0] === 'deploy' ? 'deploy' : 'diff';
const stack = stackName(environment);
const deploy = [
  '--outputs-file',
  `outputs.${environment.name}.json`,
  ...(has('auto-approve') ? ['--auto-approve'] : []),
];
process.exitCode = runCdktf([verb, stack, ...(verb === 'deploy' ? deploy : [])]);
