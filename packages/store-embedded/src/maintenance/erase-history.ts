import { integer, integerOrNull } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
import { isBusy, toStoreError } from '../database/sqlite-errors.ts';
import type { Writer } from '../database/writer.ts';
import type { BlobFiles } from '../objects/blob-files.ts';
import { removeDiscarded } from './remove-discarded.ts';

export interface ErasePorts {
  readonly connection: Connection;
  readonly writer: Writer;
  readonly files: BlobFiles;
  readonly buckets: readonly string[];
  now(): number;
}

const SELECT_SLOWEST_READER = 'SELECT min(sequence) AS sequence FROM change_readers';
const DELETE_FOLLOWED = 'DELETE FROM changes WHERE pk = ? AND sequence <= ?';
const COUNT_LEFT = 'SELECT count(*) AS left FROM changes WHERE pk = ?';
const IS_REWRITTEN = 'SELECT one FROM erased';
const NOTE_REWRITTEN = 'INSERT OR IGNORE INTO erased (one, rewritten_at_ms) VALUES (1, ?)';

/**
 * Removes what the store keeps of records that were deleted: their changes, once every reader has followed them, files
 * that it let go of, and the copies that lie in the write-ahead log. Pages that an earlier release freed without
 * overwriting them are rewritten, once a folder. True when nothing is left; false while somebody reads an old state, or
 * has changes still to follow: to be repeated then.
 */
export async function eraseHistory(ports: ErasePorts, partition: string): Promise<boolean> {
  const { connection, writer, files, buckets } = ports;
  const left = await writer.run((open) => {
    const slowest = integerOrNull(open.sql(SELECT_SLOWEST_READER).get() ?? {}, 'sequence');
    open.sql(DELETE_FOLLOWED).run(partition, slowest ?? 0);
    return integer(open.sql(COUNT_LEFT).get(partition) ?? {}, 'left');
  });
  for (const bucket of buckets) await removeDiscarded({ files, writer }, bucket);
  const isRewritten = await connection.read((open) => open.sql(IS_REWRITTEN).get() !== undefined);
  if (!isRewritten) await rewrite(ports);
  return (await truncateLog(connection)) && left === 0;
}

/** Not in a transaction, and only where nobody writes meanwhile: another time else. */
async function rewrite({ connection, writer, now }: ErasePorts): Promise<void> {
  await writer.settled();
  try {
    connection.assertOpen();
    connection.exec('VACUUM');
  } catch (thrown) {
    if (isBusy(thrown)) return;
    throw toStoreError(thrown);
  }
  await writer.run((open) => open.sql(NOTE_REWRITTEN).run(now()));
}

/** The log is emptied where no other connection reads from it. */
async function truncateLog(connection: Connection): Promise<boolean> {
  const row = await connection.read((open) => open.sql('PRAGMA wal_checkpoint(TRUNCATE)').get());
  return integer(row ?? {}, 'busy') === 0;
}
