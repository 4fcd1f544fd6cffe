import {
  assertStorable,
  type Condition,
  keyOfWrite,
  type RecordWrite,
  recordBytes,
  type StoredRecord,
} from '@slipstream/shared';
import type { Connection } from '../database/connection.ts';
import { applyUpdate } from './apply-write.ts';
import { conditionFailed, holds } from './conditions.ts';
import { deleteRecord, putRecord, type RecordRow, selectRecord } from './record-table.ts';

export interface WriteEffect {
  readonly after: StoredRecord | null;
  /** What the write counts in a transaction's size. */
  readonly bytes: number;
}

/** One write that passed `assertRecordWrite`, inside a transaction. `index`: in its `transact`, else null. */
export function executeWrite(
  connection: Connection,
  write: RecordWrite,
  index: number | null,
  atMs: number,
): WriteEffect {
  const before = selectRecord(connection, keyOfWrite(write));
  const condition = write.condition ?? impliedCondition(write);
  if (condition !== null && !holds(condition, before?.record ?? null)) throw conditionFailed(condition, index);
  if (write.kind === 'check') return { after: before?.record ?? null, bytes: bytesOf(before) };
  if (write.kind === 'delete') {
    if (before !== null) deleteRecord(connection, write.key, before, atMs);
    return { after: null, bytes: bytesOf(before) };
  }
  const after = write.kind === 'put' ? write.record : applyUpdate(before?.record ?? null, write);
  const bytes = assertStorable(after);
  putRecord(connection, before, after, atMs);
  return { after, bytes };
}

/** An update without a condition wants the record to exist; DynamoDB would make an empty one. */
function impliedCondition(write: RecordWrite): Condition | null {
  return write.kind === 'update' ? { ifExists: true } : null;
}

function bytesOf(row: RecordRow | null): number {
  return row === null ? 0 : recordBytes(row.record);
}
