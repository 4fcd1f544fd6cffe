import { CHANGES_KEPT_MS, type RecordKey } from '@slipstream/shared';
import { integerOrNull, text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import { deleteRecord, selectRecord } from '../records/record-table.ts';

/** Rows that one transaction removes: some milliseconds, so that nobody waits long for the lock. */
const STEP_ROWS = 500;

const DELETE_OLD_CHANGES = `
  DELETE FROM changes
  WHERE sequence IN (SELECT sequence FROM changes ORDER BY sequence LIMIT ${STEP_ROWS}) AND at_ms < ? AND sequence <= ?`;
const SELECT_SLOWEST_READER = 'SELECT min(sequence) AS sequence FROM change_readers';
const SELECT_EXPIRED = `SELECT pk, sk FROM records WHERE expires_at_s <= ? ORDER BY expires_at_s LIMIT ${STEP_ROWS}`;

/**
 * Removes changes that were kept for `CHANGES_KEPT_MS` and that every reader has read; returns how many. Their age alone
 * says nothing: a clock that jumps ahead makes all of them old at once.
 */
export function purgeChanges(writer: Writer, nowMs: number): Promise<number> {
  const before = nowMs - CHANGES_KEPT_MS;
  return inSteps(writer, (connection) => {
    const slowest = integerOrNull(connection.sql(SELECT_SLOWEST_READER).get() ?? {}, 'sequence');
    return slowest === null ? 0 : Number(connection.sql(DELETE_OLD_CHANGES).run(before, slowest).changes);
  });
}

/** Removes records whose `ttl` has passed, which their change tells, as DynamoDB's does; returns how many. */
export function purgeExpiredRecords(writer: Writer, nowMs: number): Promise<number> {
  return inSteps(writer, (connection) => {
    const keys = connection
      .sql(SELECT_EXPIRED)
      .all(Math.floor(nowMs / 1000))
      .map(keyOf);
    for (const key of keys) {
      const before = selectRecord(connection, key);
      if (before !== null) deleteRecord(connection, key, before, nowMs);
    }
    return keys.length;
  });
}

/** One transaction a step, until a step finds nothing; others write in between. */
async function inSteps(writer: Writer, step: (connection: Connection) => number): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await writer.run(step);
    if (rows === 0) return removed;
    removed += rows;
  }
}

function keyOf(row: Parameters<typeof text>[0]): RecordKey {
  return { pk: text(row, 'pk'), sk: text(row, 'sk') };
}
