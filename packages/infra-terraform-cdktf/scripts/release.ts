import { FUNCTION_NAMES } from '../src/environments/function-names.ts';
import { stackName } from '../src/environments/index.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { awsReleasePorts } from '../src/operate/aws-release-ports.ts';
import { RELEASE, release } from '../src/operate/release-plan.ts';

/** npm run release -- --env dev [--verify "<command>"]: shifts the live aliases to what the last deploy published. */
const { environment, text } = scriptArguments('npm run release -- --env dev [--verify "<command>"]', [], ['verify']);
const name = stackName(environment);

await runScript(async () => {
  const ports = awsReleasePorts({
    region: environment.region,
    alarmPrefix: `${name}-`,
    verifyCommand: text('verify') ?? `npm run verify -- --env ${environment.name}`,
  });
  const outcome = await release(ports, { ...RELEASE, functions: FUNCTION_NAMES.map((each) => `${name}-${each}`) });
  console.log(`${name}: ${outcome}.`);
  if (outcome === 'rolled back') process.exitCode = 1;
});
