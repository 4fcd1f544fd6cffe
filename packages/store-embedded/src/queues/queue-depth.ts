import type { QueueDepth } from '@slipstream/shared';
import { integer, integerOrNull } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';

const SELECT_COUNTS = 'SELECT live, dead FROM queue_counts WHERE queue = ?';
const COUNT_HIDDEN = 'SELECT count(*) AS messages FROM messages WHERE queue = ? AND visible_at_ms > ?';
const COUNT_IN_FLIGHT = `${COUNT_HIDDEN} AND received_at_ms IS NOT NULL`;
const SELECT_OLDEST = 'SELECT sent_at_ms FROM messages WHERE queue = ? ORDER BY sequence LIMIT 1';

/** Costs what is invisible at the moment, not what waits: the totals are kept by triggers. */
export function selectDepth(connection: Connection, queue: string, nowMs: number): QueueDepth {
  const counts = connection.sql(SELECT_COUNTS).get(queue) ?? { live: 0, dead: 0 };
  const hidden = integer(connection.sql(COUNT_HIDDEN).get(queue, nowMs) ?? {}, 'messages');
  const inFlight = integer(connection.sql(COUNT_IN_FLIGHT).get(queue, nowMs) ?? {}, 'messages');
  const oldestSentAt = integerOrNull(connection.sql(SELECT_OLDEST).get(queue) ?? { sent_at_ms: null }, 'sent_at_ms');
  return {
    ready: integer(counts, 'live') - hidden,
    inFlight,
    delayed: hidden - inFlight,
    dead: integer(counts, 'dead'),
    oldestAgeMs: oldestSentAt === null ? null : Math.max(0, nowMs - oldestSentAt),
  };
}
