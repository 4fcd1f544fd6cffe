import { stackName } from '../src/environments/index.ts';
import { scriptArguments } from '../src/operate/arguments.ts';
import { examineStack } from '../src/operate/run-doctor.ts';
import { runCdktf } from '../src/operate/run-terraform.ts';

/**
 * npm run diff|deploy -- --env dev [--auto-approve] [--no-doctor]: cdktf for one environment. A deploy is examined
 * first, and leaves outputs.json behind. */
const { environment, positionals, has } = scriptArguments(
  'npm run deploy -- --env dev [--auto-approve] [--no-doctor]',
  ['auto-approve', 'no-doctor'],
);
const verb = positionals[0] === 'deploy' ? 'deploy' : 'diff';
const stack = stackName(environment);
const deploy = [
  '--outputs-file',
  `outputs.${environment.name}.json`,
  ...(has('auto-approve') ? ['--auto-approve'] : []),
];
if (verb === 'deploy' && !has('no-doctor')) {
  const synthesised = runCdktf(['synth']);
  const refusal = synthesised === 0 ? examineStack(stack) : 'The stacks could not be synthesised.';
  if (refusal !== null) {
    console.error(refusal);
    process.exit(1);
  }
}
process.exitCode = runCdktf([verb, stack, ...(verb === 'deploy' ? deploy : [])]);
