import { parseArgs } from 'node:util';
import type { Environment } from '../environments/environment.ts';
import { environmentNamed } from '../environments/index.ts';

/** `--env dev` and switches of every script. Ends the process with one sentence on anything else. */
export function scriptArguments<S extends string>(
  usage: string,
  switches: readonly S[] = [],
  texts: readonly string[] = [],
) {
  const options: Record<string, { type: 'string' | 'boolean' }> = { env: { type: 'string' } };
  for (const name of switches) options[name] = { type: 'boolean' };
  for (const name of texts) options[name] = { type: 'string' };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const environment: Environment = environmentNamed(String(values.env ?? 'dev'));
    return {
      environment,
      positionals,
      has: (name: S) => values[name] === true,
      text: (name: string) => (typeof values[name] === 'string' ? values[name] : null),
    };
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
