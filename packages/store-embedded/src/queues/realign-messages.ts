import { text } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';

/** Clocks that are corrected a little, a few times an hour, are no jump. */
const TOLERANCE_MS = 1_000;

const SELECT_QUEUES = 'SELECT queue FROM queue_counts WHERE queue > ? ORDER BY queue LIMIT 1';
/** Times that were set at a moment that has not come yet: moved back by as much as the clock was. */
const REALIGN = `
  UPDATE messages SET
    visible_at_ms = visible_at_ms - (coalesce(scheduled_at_ms, received_at_ms, sent_at_ms) - ?),
    scheduled_at_ms = ?,
    sent_at_ms = min(sent_at_ms, ?),
    received_at_ms = min(received_at_ms, ?)
  WHERE queue = ? AND visible_at_ms > ? AND coalesce(scheduled_at_ms, received_at_ms, sent_at_ms) > ?`;

/**
 * After the clock was set back: what waits, is delayed or in flight keeps what is left of its time, instead of waiting
 * until the old time comes again. Returns how many messages were moved. Inside a transaction.
 */
export function realignMessages(connection: Connection, nowMs: number): number {
  let moved = 0;
  for (let queue = nextQueue(connection, ''); queue !== null; queue = nextQueue(connection, queue)) {
    const times = [nowMs, nowMs, nowMs, nowMs, queue, nowMs, nowMs + TOLERANCE_MS];
    moved += Number(connection.sql(REALIGN).run(...times).changes);
  }
  return moved;
}

function nextQueue(connection: Connection, after: string): string | null {
  const row = connection.sql(SELECT_QUEUES).get(after);
  return row === undefined ? null : text(row, 'queue');
}
