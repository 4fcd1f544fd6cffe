import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundlePath, readBundles } from '../../src/bundles/bundle-files.ts';
import { FUNCTION_NAMES } from '../../src/environments/function-names.ts';
import type { Bundles } from '../../src/functions/bundle.ts';

/** An empty zip: its end-of-directory record alone. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** Bundles with nothing in them: what the stack says of its resources does not depend on the functions' code. */
export function emptyBundles(): Bundles {
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-bundles-'));
  for (const name of FUNCTION_NAMES) writeFileSync(bundlePath(folder, name), EMPTY_ZIP);
  return readBundles(folder);
}
