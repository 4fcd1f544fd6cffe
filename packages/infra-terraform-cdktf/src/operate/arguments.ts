import { parseArgs } from 'node:util';
import type { Environment } from '../environments/environment.ts';
import { environmentNamed } from '../environments/index.ts';
import { readState } from '../state/environment-state.ts';
import { chooseProfile, enter } from './choose-profile.ts';

/** `--env dev`, `--profile` and switches of every script. Ends the process with one sentence on anything else. */
export function scriptArguments<S extends string>(
  usage: string,
  switches: readonly S[] = [],
  texts: readonly string[] = [],
) {
  const options: Record<string, { type: 'string' | 'boolean' }> = {
    env: { type: 'string' },
    profile: { type: 'string' },
  };
  for (const name of switches) options[name] = { type: 'boolean' };
  for (const name of texts) options[name] = { type: 'string' };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const environment: Environment = environmentNamed(String(values.env ?? 'dev'));
    const text = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
    const profile = chooseProfile(text('profile'), readState(environment), process.env);
    // Of this process and of those that it starts: AWS's clients, Terraform and the CLI read it.
    if (profile !== null) enter(profile, process.env);
    return { environment, positionals, has: (name: S) => values[name] === true, text, profile };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`);
    return process.exit(2);
  }
}

/** Runs a script's main; an error is one sentence, not a stack. */
export async function runScript(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
