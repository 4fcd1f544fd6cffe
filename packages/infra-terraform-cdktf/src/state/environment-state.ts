import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../environments/environment.ts';

/** Which account an environment belongs to, and where Terraform keeps what it made there. */
const stateSchema = z.strictObject({
  account_id: z.string().regex(/^\d{12}$/),
  bucket: z.string().min(3),
  /** Of the bucket. */
  region: z.string().min(1),
  /** The AWS profile that enters the account from a person's machine; CI brings credentials of its own. */
  profile: z.string().min(1).nullable(),
});
export type EnvironmentState = z.infer<typeof stateSchema>;

/** Beside cdktf.json, one file an environment: what one environment's bootstrap writes cannot move another's state. */
const FOLDER = join(import.meta.dirname, '../..');
/** Of earlier versions: one file for all environments. */
const SHARED_FILE = 'state.json';

export function stateFileName({ name }: Pick<Environment, 'name'>): string {
  return `state.${name}.json`;
}

/** What `npm run bootstrap` wrote for this environment; null before it has run: then state is a file on this machine. */
export function readState(environment: Pick<Environment, 'name'>, folder = FOLDER): EnvironmentState | null {
  if (existsSync(join(folder, SHARED_FILE))) {
    throw new Error(
      `${SHARED_FILE} named one bucket for all environments. Run npm run bootstrap -- --env <name> for each environment that is deployed (it finds its bucket again and writes ${stateFileName({ name: '<name>' })}), then delete ${SHARED_FILE}.`,
    );
  }
  const name = stateFileName(environment);
  if (!existsSync(join(folder, name))) return null;
  const parsed = stateSchema.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${name} is not valid: ${z.prettifyError(parsed.error)}\nRun npm run bootstrap again.`);
}

/** Returns the name of the file. */
export function writeState(environment: Environment, state: EnvironmentState, folder = FOLDER): string {
  const name = stateFileName(environment);
  writeFileSync(join(folder, name), `${JSON.stringify(stateSchema.parse(state), null, 2)}\n`);
  return name;
}

/** Named after account and region, so that a second bootstrap finds the first one's bucket. */
export function stateBucketName(accountId: string, region: string): string {
  return `slipstream-state-${accountId}-${region}`;
}
