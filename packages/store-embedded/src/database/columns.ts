import type { SQLOutputValue } from 'node:sqlite';
import { SlipstreamError } from '@slipstream/shared';

/** A row as SQLite gives it. The tables are STRICT, so another type than asked for means a damaged file. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unexpected(column, 'text');
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw unexpected(column, 'an integer');
  return value;
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}

function unexpected(column: string, type: string): SlipstreamError {
  return new SlipstreamError('STORE_UNAVAILABLE', `The database is damaged: column ${column} is not ${type}.`);
}
