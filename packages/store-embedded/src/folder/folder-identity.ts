import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import { text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import { isExisting, isMissing } from '../file-errors.ts';
import { syncDirectory } from '../objects/directory-sync.ts';
import type { DataFolder } from './data-folder.ts';

const SELECT = 'SELECT id FROM folder WHERE one = 1';
const INSERT = 'INSERT INTO folder (one, id) VALUES (1, ?) ON CONFLICT DO NOTHING';

/**
 * The database and the folder of objects carry the same id, so that a database that was put beside the objects of another
 * data folder is not taken for theirs. Both get one on their first opening; what one of them lacks it takes from the
 * other. `DATA_FOLDER_INVALID` where they differ.
 */
export async function identifyFolder(folder: DataFolder, writer: Writer): Promise<string> {
  await mkdir(folder.objects, { recursive: true, mode: 0o700 });
  const file = idFile(folder);
  const ofObjects = await readId(file);
  const id = await writer.run((open) => {
    open.sql(INSERT).run(ofObjects ?? randomUUID());
    return idOf(open);
  });
  if (ofObjects === null) await writeId(folder.objects, file, id);
  const now = await readId(file);
  if (now === null || now === id) return id;
  throw new SlipstreamError(
    'DATA_FOLDER_INVALID',
    `${folder.database} belongs to another data folder than ${folder.objects}: put back the right one of them, or run slipstream recover, which makes the records again from the originals.`,
  );
}

/** Whether the objects carry an id and the database has lost its own, which was there first. */
export async function isIdLost(folder: DataFolder, connection: Connection): Promise<boolean> {
  const ofObjects = await readId(idFile(folder));
  return ofObjects !== null && connection.sql(SELECT).get() === undefined;
}

const idFile = ({ objects }: DataFolder) => join(objects, '.slipstream-folder');

function idOf(connection: Connection): string {
  return text(connection.sql(SELECT).get() ?? {}, 'id');
}

async function readId(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim() || null;
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

/** Several processes that open a new folder at once all write the id that the database gave the first of them. */
async function writeId(objects: string, file: string, id: string): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${id}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncDirectory(objects);
  } catch (thrown) {
    if (!isExisting(thrown)) throw thrown;
  }
}
