import type { RecordKey, StoredRecord } from '@slipstream/shared';
import { text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
import { parseRecord } from './record-json.ts';

const SELECT = 'SELECT body FROM records WHERE pk = ? AND sk = ?';
const UPSERT = `
  INSERT INTO records (pk, sk, gsi1pk, gsi1sk, expires_at_s, body) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (pk, sk) DO UPDATE SET
    gsi1pk = excluded.gsi1pk, gsi1sk = excluded.gsi1sk, expires_at_s = excluded.expires_at_s, body = excluded.body`;
const DELETE = 'DELETE FROM records WHERE pk = ? AND sk = ?';
const INSERT_CHANGE = 'INSERT INTO changes (at_ms, pk, sk, before, after) VALUES (?, ?, ?, ?, ?)';

/** A record with the text it was read from, which its change repeats. */
export interface RecordRow {
  readonly record: StoredRecord;
  readonly body: string;
}

export function selectRecord(connection: Connection, key: RecordKey): RecordRow | null {
  const row = connection.sql(SELECT).get(key.pk, key.sk);
  if (row === undefined) return null;
  const body = text(row, 'body');
  return { record: parseRecord(body), body };
}

/** Whether there is any record at all. */
export function hasRecord(connection: Connection): boolean {
  return connection.sql('SELECT 1 FROM records LIMIT 1').get() !== undefined;
}

/** Replaces the record and notes the change. Inside a transaction. */
export function putRecord(connection: Connection, before: RecordRow | null, after: StoredRecord, atMs: number): void {
  const { pk, sk, gsi1pk, gsi1sk } = after;
  // As in DynamoDB, a record is in the index when it has both of its keys.
  const index = gsi1pk === undefined || gsi1sk === undefined ? [null, null] : [gsi1pk, gsi1sk];
  const body = JSON.stringify(after);
  connection.sql(UPSERT).run(pk, sk, ...index, expiryOf(after), body);
  connection.sql(INSERT_CHANGE).run(atMs, pk, sk, before?.body ?? null, body);
}

/** Inside a transaction. */
export function deleteRecord(connection: Connection, key: RecordKey, before: RecordRow, atMs: number): void {
  connection.sql(DELETE).run(key.pk, key.sk);
  connection.sql(INSERT_CHANGE).run(atMs, key.pk, key.sk, before.body, null);
}

/** DynamoDB's time to live: a number of epoch seconds in `ttl`; everything else never expires. */
function expiryOf({ ttl }: StoredRecord): number | null {
  return typeof ttl === 'number' && Math.abs(ttl) < Number.MAX_SAFE_INTEGER ? Math.floor(ttl) : null;
}
