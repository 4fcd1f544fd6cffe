import type { ObjectMetadata } from '@slipstream/shared';
import { text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';

/**
 * Metadata of objects, of the few that have any. By the name of their bytes, which every put makes anew: an older program
 * that replaces an object, and knows nothing of this, leaves no metadata of the one before.
 */
const INSERT = 'INSERT INTO object_metadata (blob, metadata) VALUES (?, ?)';
const SELECT = 'SELECT metadata FROM object_metadata WHERE blob = ?';
const DELETE = 'DELETE FROM object_metadata WHERE blob = ?';

export function insertMetadata(connection: Connection, blob: string, metadata: ObjectMetadata = {}): void {
  if (Object.keys(metadata).length > 0) connection.sql(INSERT).run(blob, JSON.stringify(metadata));
}

export function selectMetadata(connection: Connection, blob: string): ObjectMetadata {
  const row = connection.sql(SELECT).get(blob);
  return row === undefined ? {} : JSON.parse(text(row, 'metadata'));
}

export function deleteMetadata(connection: Connection, blob: string): void {
  connection.sql(DELETE).run(blob);
}
