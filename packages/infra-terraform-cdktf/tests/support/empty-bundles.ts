import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTION_NAMES, FUNCTION_NEEDS } from '@slipstream/shared';
import type { Bundles } from '../../src/bundles/bundle.ts';
import { bundlePath, needsPath, readBundles } from '../../src/bundles/bundle-files.ts';

/** An empty zip: its end-of-directory record alone. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** Bundles with nothing in them but what their functions need: the stack does not depend on the functions' code. */
export function emptyBundles(): Bundles {
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-bundles-'));
  for (const name of FUNCTION_NAMES) {
    writeFileSync(bundlePath(folder, name), EMPTY_ZIP);
    writeFileSync(needsPath(folder, name), JSON.stringify(FUNCTION_NEEDS[name]));
  }
  return readBundles(folder);
}
