import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../../../apps/lambdas/dist', import.meta.url));

/** The functions that were built. */
export function builtFunctions(): readonly string[] {
  if (!existsSync(DIST)) throw new Error('There are no bundles: run "npm run build -w @slipstream/lambdas" first.');
  return readdirSync(DIST).filter((name) => existsSync(`${DIST}/${name}/index.mjs`));
}

/** The folder of a function's bundle. */
export function bundleOf(name: string): string {
  return `${DIST}/${name}`;
}
