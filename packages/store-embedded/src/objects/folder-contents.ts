import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../file-errors.ts';

/** Where files go that nothing is known of; beside the buckets, whose names cannot have a plus. */
export const LOST_AND_FOUND = 'lost+found';

/** Whether there is any file with an object's bytes: the database that names them must exist then. */
export async function holdsObjects(objects: string): Promise<boolean> {
  for (const bucket of await entriesIn(objects)) {
    if (!bucket.isDirectory() || bucket.name === LOST_AND_FOUND) continue;
    for (const day of await entriesIn(join(objects, bucket.name))) {
      if (!day.isDirectory()) continue;
      const files = await entriesIn(join(objects, bucket.name, day.name));
      if (files.some((entry) => entry.isFile() && !entry.name.startsWith('.'))) return true;
    }
  }
  return false;
}

/** Nothing where there is no such folder. */
export async function entriesIn(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}
