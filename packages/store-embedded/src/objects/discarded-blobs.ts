import { text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';

/**
 * Files that the database has let go of: replaced, or deleted by a person. Noted in the transaction that does so, and
 * struck out once the file is gone, so that a crash in between neither keeps what was deleted nor brings it back.
 */
const INSERT = 'INSERT INTO discarded_blobs (bucket, blob) VALUES (?, ?) ON CONFLICT DO NOTHING';
const SELECT = 'SELECT blob FROM discarded_blobs WHERE bucket = ? LIMIT ?';
const SELECT_ONE = 'SELECT 1 FROM discarded_blobs WHERE bucket = ? AND blob = ?';
const DELETE = 'DELETE FROM discarded_blobs WHERE bucket = ? AND blob = ?';

export function discardBlob(connection: Connection, bucket: string, blob: string): void {
  connection.sql(INSERT).run(bucket, blob);
}

export function selectDiscarded(connection: Connection, bucket: string, limit: number): string[] {
  return connection
    .sql(SELECT)
    .all(bucket, limit)
    .map((row) => text(row, 'blob'));
}

export function isDiscarded(connection: Connection, bucket: string, blob: string): boolean {
  return connection.sql(SELECT_ONE).get(bucket, blob) !== undefined;
}

export function forgetDiscarded(connection: Connection, bucket: string, blob: string): void {
  connection.sql(DELETE).run(bucket, blob);
}
