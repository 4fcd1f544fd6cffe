import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { closeToOthers } from '@slipstream/runtime';
import { isMissing } from '../file-errors.ts';
import { syncDirectory } from '../objects/directory-sync.ts';

/** Copies that are kept, the newest ones: a folder grows by two databases at most. */
const BACKUPS_MAX = 2;
/** 16 MB. The copy is made beside the event loop, step by step. */
const PAGES_A_STEP = 4_096;

/**
 * A copy of the committed state of a database beside it, whole and on the disk when this resolves. It is one file that
 * an earlier release opens when it is put back under the database's name. `version`: of the schema that it has.
 */
export async function backUpDatabase(file: string, version: number): Promise<string> {
  // Of a process that was killed meanwhile.
  const partial = `${file}.backup-partial`;
  await removeDatabase(partial);
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(source, partial, { rate: PAGES_A_STEP });
  } catch (thrown) {
    await removeDatabase(partial);
    throw thrown;
  } finally {
    source.close();
  }
  closeToOthers(partial);
  await flush(partial);
  const name = `${file}.version-${version}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(partial, name);
  await syncDirectory(dirname(name));
  for (const old of (await backupsOf(file)).slice(BACKUPS_MAX)) await removeDatabase(old);
  return name;
}

/** The copies beside a database, the newest first. */
async function backupsOf(file: string): Promise<readonly string[]> {
  const prefix = `${basename(file)}.version-`;
  const stamped = /^\d+-(\d{4}-\d{2}-\d{2}T[\d-]+Z)$/;
  const found = (await readdir(dirname(file))).flatMap((name) => {
    const stamp = name.startsWith(prefix) ? stamped.exec(name.slice(prefix.length))?.[1] : undefined;
    return stamp === undefined ? [] : [{ name, stamp }];
  });
  return found.sort((a, b) => (a.stamp < b.stamp ? 1 : -1)).map(({ name }) => join(dirname(file), name));
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    await rm(`${file}${suffix}`).catch((thrown: unknown) => {
      if (!isMissing(thrown)) throw thrown;
    });
}
