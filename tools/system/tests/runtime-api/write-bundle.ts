import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A bundle of these lines, in a folder of its own. */
export function writeBundle(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-bundle-'));
  writeFileSync(join(folder, 'index.mjs'), source);
  return folder;
}
