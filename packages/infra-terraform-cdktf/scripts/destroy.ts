import { stackName } from '../src/environments/index.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { dataKept } from '../src/operate/data-kept.ts';
import { runCdktf, stateAddresses } from '../src/operate/run-terraform.ts';

/** npm run destroy -- --env dev [--delete-data]: lists what keeps data, and refuses without the word. */
const { environment, has } = scriptArguments('npm run destroy -- --env dev [--delete-data]', [
  'delete-data',
  'auto-approve',
]);
const stack = stackName(environment);

await runScript(async () => {
  if (environment.deletion_protection) {
    throw new Error(
      `${stack} is protected: set deletion_protection to false in environments/${environment.name}.ts, deploy, then destroy.`,
    );
  }
  if (runCdktf(['synth']) !== 0) throw new Error('The stack could not be synthesised.');
  const kept = dataKept(stateAddresses(stack));
  for (const [address, what] of kept) console.log(`${address}: ${what}`);
  if (kept.size > 0 && !has('delete-data')) {
    throw new Error(
      `${kept.size} parts of ${stack} keep data (above). RESTORE.md says how to take it along. To lose it: --delete-data`,
    );
  }
  process.exitCode = runCdktf(['destroy', stack, ...(has('auto-approve') ? ['--auto-approve'] : [])]);
});
