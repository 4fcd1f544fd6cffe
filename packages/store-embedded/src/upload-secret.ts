import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import { isExisting, isMissing } from './file-errors.ts';
import { syncDirectory } from './objects/directory-sync.ts';

const SECRET_BYTES = 32;

/** The key that upload URLs are signed with, made on first use; readable by its owner only. */
export async function readOrCreateSecret(file: string): Promise<Uint8Array> {
  const secret = (await readSecret(file)) ?? (await createSecret(file));
  if (secret.byteLength === SECRET_BYTES) return secret;
  throw new SlipstreamError('DATA_FOLDER_INVALID', `${file} is damaged; remove it, then URLs signed before are void.`);
}

/** Two processes may do this at once: the link succeeds for one, and both use what it linked. */
async function createSecret(file: string): Promise<Uint8Array> {
  const temporary = join(dirname(file), `.upload-secret-${randomUUID()}`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(randomBytes(SECRET_BYTES));
    await handle.sync();
    await link(temporary, file).catch(allowExisting);
  } finally {
    await handle.close();
    await rm(temporary, { force: true });
  }
  await syncDirectory(dirname(file));
  return readFile(file);
}

async function readSecret(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

function allowExisting(thrown: unknown): void {
  if (!isExisting(thrown)) throw thrown;
}
