import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder, PRIVATE_FILE } from '@slipstream/runtime';
import { userFile } from '../remote/user-folder.ts';
import type { Original } from '../service/receipts-service.ts';

/** Copies that nobody has asked for as long are removed with the next one. */
const KEPT_MS = 86_400_000;

/**
 * A copy of a photograph under a name that its viewer knows, readable by this person only. A copy, since a viewer that
 * saves would change the original; among the person's settings and not in /tmp, where others could see its name.
 */
export async function writeForViewing(imageId: string, { bytes, content_type }: Original): Promise<string> {
  const folder = userFile('viewed');
  makePrivateFolder(folder);
  await removeOld(folder);
  const path = join(folder, `${imageId}.${content_type === 'jpeg' ? 'jpg' : (content_type ?? 'bin')}`);
  await writeFile(path, bytes, { mode: PRIVATE_FILE });
  return path;
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs > KEPT_MS) await rm(path, { force: true });
  }
}
