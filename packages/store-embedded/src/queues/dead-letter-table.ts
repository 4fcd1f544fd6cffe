import type { DeadLetter, DeadLetterReason } from '@slipstream/shared';
import { integer, type Row, text, textOrNull } from '../database/columns.ts';
import type { Connection } from '../database/connection.ts';
import { deleteMessage, type MessageRow } from './message-table.ts';

export interface DeadLetterRow extends DeadLetter {
  readonly sequence: number;
  readonly correlationId: string | null;
}

const COLUMNS = 'sequence, id, body, correlation_id, reason, receive_count, dead_at_ms';
const INSERT = `
  INSERT INTO dead_letters (queue, id, body, correlation_id, reason, receive_count, dead_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (queue, id) DO NOTHING`;
const SELECT = `SELECT ${COLUMNS} FROM dead_letters WHERE queue = ? AND id = ?`;
const SELECT_PAGE = `SELECT ${COLUMNS} FROM dead_letters WHERE queue = ? AND sequence > ? ORDER BY sequence LIMIT ?`;
const DELETE = 'DELETE FROM dead_letters WHERE sequence = ?';

export interface NewLetter {
  readonly queue: string;
  readonly id: string;
  readonly body: string;
  readonly correlationId: string | null;
  readonly reason: DeadLetterReason | null;
  readonly receiveCount: number;
  readonly deadAt: number;
}

/** The same id again stays one letter, with the first reason. Inside a transaction. */
export function insertLetter(connection: Connection, letter: NewLetter): void {
  const { queue, id, body, correlationId, reason, receiveCount, deadAt } = letter;
  const reasonJson = reason === null ? null : JSON.stringify(reason);
  connection.sql(INSERT).run(queue, id, body, correlationId, reasonJson, receiveCount, deadAt);
}

export interface Burial {
  readonly message: MessageRow;
  readonly reason: DeadLetterReason | null;
  readonly deadAt: number;
}

/** Moves a message to the dead letters of its queue. Inside a transaction. */
export function buryMessage(connection: Connection, { message, ...burial }: Burial): void {
  const { queue, id, body, correlationId, receiveCount } = message;
  insertLetter(connection, { ...burial, queue, id, body, correlationId, receiveCount });
  deleteMessage(connection, message);
}

export function hasLetter(connection: Connection, queue: string, id: string): boolean {
  return selectLetter(connection, queue, id) !== null;
}

export function selectLetter(connection: Connection, queue: string, id: string): DeadLetterRow | null {
  const row = connection.sql(SELECT).get(queue, id);
  return row === undefined ? null : letterOf(row);
}

/** Oldest first. */
export function selectLetters(connection: Connection, queue: string, after: number, limit: number): DeadLetterRow[] {
  return connection.sql(SELECT_PAGE).all(queue, after, limit).map(letterOf);
}

export function deleteLetter(connection: Connection, sequence: number): void {
  connection.sql(DELETE).run(sequence);
}

function letterOf(row: Row): DeadLetterRow {
  return {
    sequence: integer(row, 'sequence'),
    id: text(row, 'id'),
    body: text(row, 'body'),
    correlationId: textOrNull(row, 'correlation_id'),
    reason: reasonOf(textOrNull(row, 'reason')),
    receiveCount: integer(row, 'receive_count'),
    deadAt: integer(row, 'dead_at_ms'),
  };
}

/** A damaged reason must not hide the letter. */
function reasonOf(json: string | null): DeadLetterReason | null {
  if (json === null) return null;
  try {
    const value: unknown = JSON.parse(json);
    if (isReason(value)) return value;
  } catch {
    // Falls through: said in the letter itself, without quoting what the disk gave.
  }
  return { code: 'DOCUMENT_INVALID', message: 'The reason that was stored with this letter is damaged.' };
}

function isReason(value: unknown): value is DeadLetterReason {
  if (typeof value !== 'object' || value === null || !('code' in value && 'message' in value)) return false;
  return typeof value.code === 'string' && typeof value.message === 'string';
}
