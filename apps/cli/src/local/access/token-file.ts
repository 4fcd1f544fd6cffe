import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeToOthers, PRIVATE_FILE } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** Where the local API's token lies, for the verbs and for scripts: `curl -H "Authorization: Bearer $(cat …/api-token)"`. */
const tokenPath = (dataDir: string) => join(dataDir, 'api-token');

/** The token of a data folder, made on first use; readable by its owner only. */
export function readOrCreateToken(dataDir: string): string {
  return readToken(dataDir) ?? createToken(dataDir);
}

/** null when the folder has none yet. */
export function readToken(dataDir: string): string | null {
  const path = tokenPath(dataDir);
  let token: string;
  try {
    token = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new SlipstreamError('DATA_FOLDER_INVALID', `${path} cannot be read; correct its owner or mode.`, { cause });
  }
  closeToOthers(path);
  if (TOKEN.test(token)) return token;
  throw new SlipstreamError('DATA_FOLDER_INVALID', `${path} is damaged; remove it, and the next start makes another.`);
}

/** Two programs may do this at once: the link succeeds for one, and both use what it linked. */
function createToken(dataDir: string): string {
  const path = tokenPath(dataDir);
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, `${randomBytes(TOKEN_BYTES).toString('base64url')}\n`, { mode: PRIVATE_FILE, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  } finally {
    rmSync(draft, { force: true });
  }
  const token = readToken(dataDir);
  if (token !== null) return token;
  throw new SlipstreamError('DATA_FOLDER_INVALID', `${path} was removed as soon as it was made; start again.`);
}
