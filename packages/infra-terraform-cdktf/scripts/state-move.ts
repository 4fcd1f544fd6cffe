import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { stackName } from '../src/environments/index.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { PACKAGE, runCdktf, runTerraform } from '../src/operate/run-terraform.ts';
import { readState } from '../src/state/environment-state.ts';

/** npm run state:move -- --env dev: the state of a deploy that was made before the bootstrap, from its file to the bucket. */
const { environment } = scriptArguments('npm run state:move -- --env dev');
const stack = stackName(environment);

await runScript(async () => {
  const state = readState(environment);
  if (state === null)
    throw new Error(`${stack} has no bucket yet. First: npm run bootstrap -- --env ${environment.name}`);
  const file = join(PACKAGE, `${stack}.tfstate`);
  if (!existsSync(file)) throw new Error(`There is no ${stack}.tfstate to move: nothing was deployed from here.`);
  if (runCdktf(['synth']) !== 0) throw new Error('The stack could not be synthesised.');
  runTerraform(stack, ['init', '-input=false', '-reconfigure']);
  // Refused where the bucket holds a newer state, or that of another deploy.
  runTerraform(stack, ['state', 'push', file]);
  renameSync(file, `${file}.moved`);
  console.log(`The state of ${stack} is in ${state.bucket}; the file is kept as ${stack}.tfstate.moved.`);
});
