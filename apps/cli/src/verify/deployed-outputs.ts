import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const INFRA = new URL('../../../../packages/infra-terraform-cdktf/', import.meta.url);

/** The outputs that `npm run deploy -- --env <name>` left behind in this checkout; null where it has not run here. */
export function deployedOutputs(env: string | null): string | null {
  if (env === null || !/^[a-z][a-z0-9]{1,11}$/.test(env)) return null;
  const file = fileURLToPath(new URL(`outputs.${env}.json`, INFRA));
  return existsSync(file) ? file : null;
}
