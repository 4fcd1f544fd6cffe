import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import { isMissing } from '../file-errors.ts';
import { syncParents } from '../objects/directory-sync.ts';
import { holdsObjects } from '../objects/folder-contents.ts';

const DATABASE_NAME = 'slipstream.db';

/** What lies where in a data folder. */
export interface DataFolder {
  readonly root: string;
  readonly database: string;
  readonly objects: string;
  readonly uploadSecret: string;
}

export function dataFolderAt(dataDir: string): DataFolder {
  return {
    root: dataDir,
    database: join(dataDir, DATABASE_NAME),
    objects: join(dataDir, 'objects'),
    uploadSecret: join(dataDir, 'upload-secret'),
  };
}

/** Whether a folder is one of ours, sound or not: what only reads makes none. */
export function isDataFolder(dataDir: string): boolean {
  const { database, objects } = dataFolderAt(dataDir);
  return existsSync(database) || existsSync(objects);
}

/**
 * The folder, made when it is missing. `DATA_FOLDER_INVALID` when it cannot be used, when it holds something else (a
 * person who names the wrong folder must not find a database among their photographs), and when it holds objects whose
 * database is gone or empty: that is a loss, and no new folder.
 */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const folder = dataFolderAt(dataDir);
  try {
    const firstMade = await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (firstMade !== undefined) await syncParents(resolve(dataDir), dirname(resolve(firstMade)));
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    if (await isDatabaseEmpty(folder)) {
      if (await holdsObjects(folder.objects)) throw databaseLost(folder);
      const names = await readdir(dataDir);
      const foreign = names.filter((name) => !name.startsWith('.'));
      if (foreign.length > 0 && !names.includes(DATABASE_NAME)) throw notOurs(dataDir);
    }
  } catch (thrown) {
    if (thrown instanceof SlipstreamError) throw thrown;
    const message = `The data folder ${dataDir} cannot be used: make it a folder that you may write to, or name another.`;
    throw new SlipstreamError('DATA_FOLDER_INVALID', message, { cause: thrown });
  }
  return folder;
}

async function isDatabaseEmpty({ database }: DataFolder): Promise<boolean> {
  try {
    return (await stat(database)).size === 0;
  } catch (thrown) {
    if (isMissing(thrown)) return true;
    throw thrown;
  }
}

/** Also for a database that has pages, and nothing on them, or tables and no rows. */
export function databaseLost({ database, objects }: DataFolder): SlipstreamError {
  return new SlipstreamError(
    'DATA_FOLDER_INVALID',
    `${database} is missing or empty, but ${objects} holds objects: put back a copy of the database, or run slipstream recover, which makes the records again from the originals.`,
  );
}

/** For a database whose originals had their files below a folder that is not there, or holds none of their days. */
export function objectsLost({ database, objects }: DataFolder): SlipstreamError {
  return new SlipstreamError(
    'DATA_FOLDER_INVALID',
    `${database} names originals, but their folder below ${objects} is missing or empty: mount it or put it back, or run slipstream recover, which goes on without them and says which are lost.`,
  );
}

function notOurs(dataDir: string): SlipstreamError {
  return new SlipstreamError(
    'DATA_FOLDER_INVALID',
    `The folder ${dataDir} holds other files and no ${DATABASE_NAME}; name a folder that is empty or new.`,
  );
}
