import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTION_NAMES } from '@slipstream/shared';
import { BUNDLES_DIR, bundlePath, needsPath } from './bundle-files.ts';
import { fingerprint, type MadeBundle, makeBundle } from './make-bundle.ts';

/** What `npm run build` makes of the functions. */
const DIST = join(import.meta.dirname, '../../../../apps/lambdas/dist');

/** Makes each zip that is missing or of other files than today's; yields what it made. */
export function* ensureBundles(): Generator<MadeBundle> {
  if (!existsSync(DIST)) throw new Error('apps/lambdas/dist is missing. Make it with: npm run build');
  mkdirSync(BUNDLES_DIR, { recursive: true });
  for (const name of FUNCTION_NAMES) {
    const record = join(BUNDLES_DIR, `${name}.fingerprint`);
    const current = fingerprint(name, DIST);
    const isCurrent =
      [bundlePath(BUNDLES_DIR, name), needsPath(BUNDLES_DIR, name), record].every((path) => existsSync(path)) &&
      readFileSync(record, 'utf8') === current;
    if (isCurrent) continue;
    yield makeBundle(name, DIST, BUNDLES_DIR);
    writeFileSync(record, current);
  }
}
