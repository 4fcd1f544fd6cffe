import { type ObjectHead, prefixEnd } from '@slipstream/shared';
import { integer, type Row, text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';

/** An object's row. `blob` names the file with its bytes: a new one for every put, never written to again. */
export interface ObjectRow extends ObjectHead {
  readonly blob: string;
}

export interface NewObject extends ObjectRow {
  readonly contentType: string | null;
}

const COLUMNS = 'key, blob, size, modified_at_ms';
const SELECT = `SELECT ${COLUMNS} FROM objects WHERE bucket = ? AND key = ?`;
const SELECT_PAGE = `SELECT ${COLUMNS} FROM objects WHERE bucket = ? AND key >= ? AND key > ?`;
const SELECT_BLOB = 'SELECT 1 FROM objects WHERE blob = ?';
const UPSERT = `
  INSERT INTO objects (bucket, key, blob, size, content_type, modified_at_ms) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (bucket, key) DO UPDATE SET
    blob = excluded.blob, size = excluded.size, content_type = excluded.content_type,
    modified_at_ms = excluded.modified_at_ms`;
const DELETE = 'DELETE FROM objects WHERE bucket = ? AND key = ?';

export function selectObject(connection: Connection, bucket: string, key: string): ObjectRow | null {
  const row = connection.sql(SELECT).get(bucket, key);
  return row === undefined ? null : objectOf(row);
}

const SELECT_IN_FILE = 'SELECT 1 FROM objects WHERE bucket = ? AND blob NOT IN (SELECT blob FROM small_blobs) LIMIT 1';

/** Whether any object of the bucket has its bytes in a file. */
export function hasObjectInFile(connection: Connection, bucket: string): boolean {
  return connection.sql(SELECT_IN_FILE).get(bucket) !== undefined;
}

/** Whether there is any object at all. */
export function hasObject(connection: Connection): boolean {
  return connection.sql('SELECT 1 FROM objects LIMIT 1').get() !== undefined;
}

/** In the order of the keys' bytes, after the key `after`. */
export function selectObjects(
  connection: Connection,
  bucket: string,
  { prefix, after, limit }: { readonly prefix: string; readonly after: string; readonly limit: number },
): ObjectRow[] {
  const end = prefixEnd(prefix);
  const order = 'ORDER BY key LIMIT ?';
  const rows =
    end === null
      ? connection.sql(`${SELECT_PAGE} ${order}`).all(bucket, prefix, after, limit)
      : connection.sql(`${SELECT_PAGE} AND key < ? ${order}`).all(bucket, prefix, after, end, limit);
  return rows.map(objectOf);
}

export function isBlobInUse(connection: Connection, blob: string): boolean {
  return connection.sql(SELECT_BLOB).get(blob) !== undefined;
}

export function putObject(connection: Connection, bucket: string, object: NewObject): void {
  const { key, blob, size, contentType, modifiedAt } = object;
  connection.sql(UPSERT).run(bucket, key, blob, size, contentType, modifiedAt);
}

export function deleteObject(connection: Connection, bucket: string, key: string): void {
  connection.sql(DELETE).run(bucket, key);
}

function objectOf(row: Row): ObjectRow {
  return {
    key: text(row, 'key'),
    blob: text(row, 'blob'),
    size: integer(row, 'size'),
    modifiedAt: integer(row, 'modified_at_ms'),
  };
}
