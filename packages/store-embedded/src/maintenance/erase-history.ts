import { integer, integerOrNull } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
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
const FILL_BYTES = 1_048_576;
const COUNT_LEFT = 'SELECT count(*) AS left FROM changes WHERE pk = ?';
const IS_OVERWRITTEN = 'SELECT one FROM erased';
const NOTE_OVERWRITTEN = 'INSERT OR IGNORE INTO erased (one, overwritten_at_ms) VALUES (1, ?)';

/**
 * Removes what the store keeps of records that were deleted: their changes, once every reader has followed them, files
 * that it let go of, and the copies that lie in the write-ahead log. Pages that an earlier release freed without
 * overwriting them are overwritten, once a folder. True when nothing is left; false while somebody reads an old state, or
 * has changes still to follow: to be repeated then.
 */
export async function eraseHistory(ports: ErasePorts, partition: string): Promise<boolean> {
  const { connection, writer, files, buckets, now } = ports;
  const left = await writer.run((open) => {
    const slowest = integerOrNull(open.sql(SELECT_SLOWEST_READER).get() ?? {}, 'sequence');
    open.sql(DELETE_FOLLOWED).run(partition, slowest ?? 0);
    return integer(open.sql(COUNT_LEFT).get(partition) ?? {}, 'left');
  });
  for (const bucket of buckets) await removeDiscarded({ files, writer }, bucket);
  const isOverwritten = await connection.read((open) => open.sql(IS_OVERWRITTEN).get() !== undefined);
  if (!isOverwritten) await writer.run((open) => overwriteFreePages(open, now()));
  return (await truncateLog(connection)) && left === 0;
}

/**
 * Fills the free pages once and frees them again, which overwrites them. The file does not become shorter: other
 * programs that have it open take one that was cut short for a broken disk.
 */
function overwriteFreePages(connection: Connection, nowMs: number): void {
  const free = integer(connection.sql('PRAGMA freelist_count').get() ?? {}, 'freelist_count');
  const pageBytes = integer(connection.sql('PRAGMA page_size').get() ?? {}, 'page_size');
  connection.exec('CREATE TABLE overwriting (bytes BLOB) STRICT');
  for (let left = free * pageBytes; left > 0; left -= FILL_BYTES) {
    connection.exec(`INSERT INTO overwriting (bytes) VALUES (zeroblob(${Math.min(left, FILL_BYTES)}))`);
  }
  connection.exec('DROP TABLE overwriting');
  connection.sql(NOTE_OVERWRITTEN).run(nowMs);
}

/** The log is emptied where no other connection reads from it. */
async function truncateLog(connection: Connection): Promise<boolean> {
  const row = await connection.read((open) => open.sql('PRAGMA wal_checkpoint(TRUNCATE)').get());
  return integer(row ?? {}, 'busy') === 0;
}
