import { FUNCTION_NAMES } from '@slipstream/shared';
import { stackName } from '../src/environments/index.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { awsReleasePorts } from '../src/operate/aws-release-ports.ts';
import { RELEASE, release } from '../src/operate/release-plan.ts';
import { verifyCommand } from '../src/operate/verify-command.ts';

/** npm run release -- --env dev: shifts the live aliases to what the last deploy published, or back. */
const { environment, has, text } = scriptArguments(
  'npm run release -- --env dev [--watch <seconds>] [--as-operator] [--targets <names>] [--wait <seconds>] [--verify "<command>"]',
  ['as-operator'],
  ['verify', 'watch', 'targets', 'wait'],
);
const name = stackName(environment);

await runScript(async () => {
  const watch_s = Number(text('watch') ?? RELEASE.watch_ms / 1_000);
  if (!Number.isInteger(watch_s) || watch_s < 0) throw new Error('--watch takes whole seconds.');
  const ports = awsReleasePorts({
    region: environment.region,
    alarmPrefix: `${name}-`,
    verifyCommand:
      text('verify') ??
      verifyCommand(environment, { asOperator: has('as-operator'), targets: text('targets'), wait: text('wait') }),
  });
  const functions = FUNCTION_NAMES.map((each) => `${name}-${each}`);
  const outcome = await release(ports, { ...RELEASE, watch_ms: watch_s * 1_000, functions });
  console.log(`${name}: ${outcome}.`);
  if (outcome === 'rolled back') process.exitCode = 1;
});
