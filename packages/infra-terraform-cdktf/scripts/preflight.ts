import { stackName } from '../src/environments/index.ts';
import { accountFacts } from '../src/operate/account-facts.ts';
import { runScript, scriptArguments } from '../src/operate/arguments.ts';
import { preflight } from '../src/operate/preflight.ts';
import { readState } from '../src/state/environment-state.ts';

/** npm run preflight -- --env dev: what would end a deploy in its midst. `npm run deploy` begins with it. */
const { environment } = scriptArguments('npm run preflight -- --env dev', ['auto-approve', 'skip-preflight']);

await runScript(async () => {
  const stack = stackName(environment);
  const checks = preflight(environment, readState(environment), await accountFacts(environment, stack));
  const word = (ok: boolean | null) => (ok === null ? '?     ' : ok ? 'ok    ' : 'FAILED');
  for (const { check, ok, detail } of checks) console.log(`${word(ok)}  ${check.padEnd(20)}  ${detail}`);
  const failed = checks.filter(({ ok }) => ok === false).length;
  if (failed > 0)
    throw new Error(`${stack} cannot be deployed like this: ${failed} of ${checks.length} checks failed.`);
});
