import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import { syncParents } from './objects/directory-sync.ts';

const DATABASE_NAME = 'slipstream.db';

/** What lies where in a data folder. */
export interface DataFolder {
  readonly database: string;
  readonly objects: string;
  readonly uploadSecret: string;
}

/**
 * The folder, made when it is missing. `DATA_FOLDER_INVALID` when it cannot be used, or holds something else: a person
 * who names the wrong folder must not find a database among their photographs.
 */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  try {
    const firstMade = await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (firstMade !== undefined) await syncParents(resolve(dataDir), dirname(resolve(firstMade)));
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    const names = await readdir(dataDir);
    const foreign = names.filter((name) => !name.startsWith('.'));
    if (foreign.length > 0 && !names.includes(DATABASE_NAME)) throw notOurs(dataDir);
  } catch (thrown) {
    if (thrown instanceof SlipstreamError) throw thrown;
    const message = `The data folder ${dataDir} cannot be used: make it a folder that you may write to, or name another.`;
    throw new SlipstreamError('DATA_FOLDER_INVALID', message, { cause: thrown });
  }
  return {
    database: join(dataDir, DATABASE_NAME),
    objects: join(dataDir, 'objects'),
    uploadSecret: join(dataDir, 'upload-secret'),
  };
}

function notOurs(dataDir: string): SlipstreamError {
  return new SlipstreamError(
    'DATA_FOLDER_INVALID',
    `The folder ${dataDir} holds other files and no ${DATABASE_NAME}; name a folder that is empty or new.`,
  );
}
