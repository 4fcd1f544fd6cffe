import { rename, stat } from 'node:fs/promises';
import { itemsOf } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { Connection } from '../database/connection.ts';
import { isBlank } from '../database/migrate.ts';
import { isMissing } from '../file-errors.ts';
import { type DataFolder, dataFolderAt } from '../folder/data-folder.ts';
import { type ClaimedFiles, claimFiles } from '../maintenance/claim-files.ts';
import { ALWAYS } from '../maintenance/unclaimed-files.ts';
import { type EmbeddedStore, type EmbeddedStoreOptions, openParts } from '../open-embedded-store.ts';

export interface RecoveryReport extends ClaimedFiles {
  /** Where the database went that could not be used; null where it is used still. */
  readonly database_set_aside: string | null;
  /** Originals whose row is there and whose bytes are not. */
  readonly originals_lost: readonly string[];
}

/**
 * Opens a data folder that nothing else opens any more. A database that is missing, empty, damaged, or another folder's,
 * is set aside (renamed, never removed) and begun anew; then every original that no row names gets its row and its event
 * again, however old it is. A database that is whole stays, so that this is harmless on a healthy folder.
 */
export async function recoverEmbeddedStore(
  options: EmbeddedStoreOptions,
): Promise<{ readonly store: EmbeddedStore; readonly report: RecoveryReport }> {
  const folder = dataFolderAt(options.dataDir);
  const isUsable = await isDatabaseUsable(folder, options);
  if (!isUsable) await assertFolder(folder);
  const database_set_aside = isUsable ? null : await setDatabaseAside(folder);
  const { store, claims } = await openParts(options, { isNew: !isUsable, mayLackObjects: true });
  const claimed = await claimFiles(claims, ALWAYS);
  const originals_lost = await lostOriginals(store);
  return { store, report: { ...claimed, database_set_aside, originals_lost } };
}

async function assertFolder(folder: DataFolder): Promise<void> {
  const objects = await stat(folder.objects).catch(() => null);
  if (objects?.isDirectory()) return;
  throw new SlipstreamError(
    'DATA_FOLDER_INVALID',
    `${folder.root} holds no objects to recover from: name the data folder with --data.`,
  );
}

/** Whole from its first page to its last, not blank, and of these objects. A newer one is left alone: that throws. */
async function isDatabaseUsable(folder: DataFolder, options: EmbeddedStoreOptions): Promise<boolean> {
  try {
    if ((await stat(folder.database)).size === 0) return false;
    const connection = await Connection.open(folder.database);
    try {
      const checked = connection.sql('PRAGMA quick_check(1)').get()?.quick_check;
      if (checked !== 'ok' || isBlank(connection)) return false;
    } finally {
      connection.close();
    }
    await (await openParts(options, { mayLackObjects: true })).store.close();
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    if (thrown instanceof SlipstreamError && thrown.code === 'DATA_FOLDER_NEWER') throw thrown;
    if (thrown instanceof SlipstreamError && thrown.code === 'STORE_BUSY') throw thrown;
    return false;
  }
}

/** The new name; null where there was no file. */
async function setDatabaseAside({ database }: DataFolder): Promise<string | null> {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${database}.set-aside-${stamp}`;
  for (const suffix of ['-wal', '-shm', '']) {
    await rename(database + suffix, aside + suffix).catch((thrown) => {
      if (!isMissing(thrown)) throw thrown;
    });
  }
  return (await stat(aside).catch(() => null)) === null ? null : aside;
}

const PAGE_ROWS = 1_000;

/** `head` does not know what has no bytes. */
async function lostOriginals({ raw }: EmbeddedStore): Promise<readonly string[]> {
  const lost: string[] = [];
  const heads = itemsOf((cursor) => raw.list({ prefix: 'raw/', limit: PAGE_ROWS, cursor }));
  for await (const { key } of heads) if ((await raw.head(key)) === null) lost.push(key);
  return lost;
}
