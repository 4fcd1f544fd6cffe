import { randomUUID } from 'node:crypto';
import { integer, integerOrNull, type Row, text, textOrNull } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';

/**
 * A message is delayed or ready while `receivedAt` is null, and in flight while it is not; it is receivable once
 * `visibleAt` has come, in either state. A receive raises `receiveCount`, so that count and sequence name one delivery.
 */
export interface MessageRow {
  readonly queue: string;
  /** In its queue; never used again. */
  readonly sequence: number;
  readonly id: string;
  readonly body: string;
  readonly correlationId: string | null;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receivedAt: number | null;
  /** When `visibleAt` was set. */
  readonly scheduledAt: number;
  readonly receiveCount: number;
}

export interface NewMessage {
  readonly queue: string;
  readonly body: string;
  readonly correlationId: string | null;
  readonly sentAt: number;
  readonly visibleAt: number;
}

const COLUMNS =
  'queue, sequence, id, body, correlation_id, sent_at_ms, visible_at_ms, received_at_ms, scheduled_at_ms, receive_count';
const NEXT_SEQUENCE = `
  INSERT INTO queue_counts (queue, sent, live, dead) VALUES (?, 1, 1, 0)
  ON CONFLICT (queue) DO UPDATE SET sent = sent + 1, live = live + 1 RETURNING sent`;
const INSERT = `
  INSERT INTO messages (queue, sequence, id, body, correlation_id, sent_at_ms, visible_at_ms, scheduled_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const SELECT_RECEIVABLE = `
  SELECT ${COLUMNS} FROM messages WHERE queue = ? AND visible_at_ms <= ? ORDER BY visible_at_ms, sequence LIMIT ?`;
const SELECT = `SELECT ${COLUMNS} FROM messages WHERE queue = ? AND sequence = ?`;
const SELECT_NEXT = 'SELECT min(visible_at_ms) AS visible_at_ms FROM messages WHERE queue = ?';
const UPDATE = `
  UPDATE messages SET visible_at_ms = ?, received_at_ms = ?, scheduled_at_ms = ?, receive_count = ?
  WHERE queue = ? AND sequence = ?`;
const DELETE = 'DELETE FROM messages WHERE queue = ? AND sequence = ?';

/** Counts the message too; a trigger takes it from the count when it is deleted. Inside a transaction. */
export function insertMessage(connection: Connection, message: NewMessage): void {
  const { queue, body, correlationId, sentAt, visibleAt } = message;
  const sequence = integer(connection.sql(NEXT_SEQUENCE).get(queue) ?? {}, 'sent');
  connection.sql(INSERT).run(queue, sequence, randomUUID(), body, correlationId, sentAt, visibleAt, sentAt);
}

/** Those whose time came first, first. */
export function selectReceivable(connection: Connection, queue: string, nowMs: number, limit: number): MessageRow[] {
  return connection.sql(SELECT_RECEIVABLE).all(queue, nowMs, limit).map(messageOf);
}

export function selectMessage(connection: Connection, queue: string, sequence: number): MessageRow | null {
  const row = connection.sql(SELECT).get(queue, sequence);
  return row === undefined ? null : messageOf(row);
}

/** When the next message of the queue is or becomes receivable; null for an empty queue. */
export function nextVisibleAt(connection: Connection, queue: string): number | null {
  return integerOrNull(connection.sql(SELECT_NEXT).get(queue) ?? {}, 'visible_at_ms');
}

/** Stores the four fields that change in a message's life. */
export function updateMessage(connection: Connection, message: MessageRow): void {
  const { queue, sequence, visibleAt, receivedAt, scheduledAt, receiveCount } = message;
  connection.sql(UPDATE).run(visibleAt, receivedAt, scheduledAt, receiveCount, queue, sequence);
}

export function deleteMessage(connection: Connection, { queue, sequence }: MessageRow): void {
  connection.sql(DELETE).run(queue, sequence);
}

function messageOf(row: Row): MessageRow {
  const [sentAt, receivedAt] = [integer(row, 'sent_at_ms'), integerOrNull(row, 'received_at_ms')];
  return {
    queue: text(row, 'queue'),
    sequence: integer(row, 'sequence'),
    id: text(row, 'id'),
    body: text(row, 'body'),
    correlationId: textOrNull(row, 'correlation_id'),
    sentAt,
    visibleAt: integer(row, 'visible_at_ms'),
    receivedAt,
    scheduledAt: integerOrNull(row, 'scheduled_at_ms') ?? receivedAt ?? sentAt,
    receiveCount: integer(row, 'receive_count'),
  };
}
