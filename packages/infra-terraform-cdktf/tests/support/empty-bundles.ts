import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '@slipstream/lambdas';
import type { Bundles } from '../../src/bundles/bundle.ts';
import { bundlePath, needsPath, readBundles } from '../../src/bundles/bundle-files.ts';
import { FUNCTION_NAMES } from '../../src/environments/function-names.ts';

/** An empty zip: its end-of-directory record alone. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** Bundles with nothing in them but what their functions need: the stack does not depend on the functions' code. */
export function emptyBundles(): Bundles {
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-bundles-'));
  for (const name of FUNCTION_NAMES) {
    writeFileSync(bundlePath(folder, name), EMPTY_ZIP);
    writeFileSync(needsPath(folder, name), JSON.stringify(needs.find((each) => each.function === name)));
  }
  return readBundles(folder);
}
