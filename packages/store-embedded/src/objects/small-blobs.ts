import type { Connection } from '../database/connection.ts';

/**
 * Up to here an object's bytes lie in the database: a receipt's documents have 1 to 10 KB, and SQLite reads and writes
 * those faster than a file system does (https://sqlite.org/intern-v-extern-blob.html), with one flush instead of three.
 */
export const SMALL_BLOB_BYTES_MAX = 32_768;

const INSERT = 'INSERT INTO small_blobs (blob, bytes) VALUES (?, ?)';
const SELECT = 'SELECT bytes FROM small_blobs WHERE blob = ?';
const SELECT_ANY = 'SELECT 1 FROM small_blobs WHERE blob = ?';
const DELETE = 'DELETE FROM small_blobs WHERE blob = ?';

export function insertSmallBlob(connection: Connection, blob: string, bytes: Uint8Array): void {
  connection.sql(INSERT).run(blob, bytes);
}

/** null where the bytes lie in a file. */
export function selectSmallBlob(connection: Connection, blob: string): Uint8Array | null {
  const bytes = connection.sql(SELECT).get(blob)?.bytes;
  return bytes instanceof Uint8Array ? bytes : null;
}

export function hasSmallBlob(connection: Connection, blob: string): boolean {
  return connection.sql(SELECT_ANY).get(blob) !== undefined;
}

/** False where there is none: then the bytes lie in a file. */
export function deleteSmallBlob(connection: Connection, blob: string): boolean {
  return connection.sql(DELETE).run(blob).changes > 0;
}
