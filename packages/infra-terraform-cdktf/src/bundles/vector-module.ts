import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** LanceDB's native module for Lambda on Graviton: the newest that npm has for it. The merchant index needs this version of @lancedb/lancedb. */
export const VECTOR_MODULE = '@lancedb/lancedb-linux-arm64-gnu';
export const VECTOR_MODULE_VERSION = '0.31.0';

const FOLDER = join(import.meta.dirname, '../../.native');

/**
 * The module's folder; fetched from npm when it is not there yet (66 MB). It is no dependency of this package: npm
 * installs it on no other platform than its own, and nothing here runs it.
 */
export function vectorModule(): string {
  const folder = join(FOLDER, VECTOR_MODULE_VERSION);
  if (existsSync(join(folder, 'package.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  const wanted = `${VECTOR_MODULE}@${VECTOR_MODULE_VERSION}`;
  const npm = spawnSync('npm', ['pack', wanted, '--pack-destination', folder], { encoding: 'utf8' });
  if (npm.status !== 0)
    throw new Error(
      `${wanted} could not be fetched from the npm registry. Check the network and npm's registry setting, then run npm run bundle again.\n${npm.error?.message ?? npm.stderr}`,
    );
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!archive) throw new Error(`npm packed nothing for ${wanted}.`);
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder, '--strip-components=1']);
  return folder;
}
