/** Runs one query on a catalogue's file, which it opens for reading only, and ends. Its parent ends it at the limit. */
import { DatabaseSync } from 'node:sqlite';
import type { SqlAnswer, SqlQuestion } from './run-sql.ts';

process.once('message', ({ file, sql, rows_max }: SqlQuestion) => {
  process.send?.(answer(file, sql, rows_max), () => process.exit(0));
});
process.on('disconnect', () => process.exit(0));

function answer(file: string, sql: string, rowsMax: number): SqlAnswer {
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    // Another file may be attached by a query; it must not be written either.
    database.exec('PRAGMA query_only = ON');
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const columns = statement.columns().map(({ name }) => name);
    const rows: SqlAnswerRow[] = [];
    for (const row of statement.iterate()) {
      if (rows.length === rowsMax) return { columns, rows, more: true };
      rows.push(Object.values(row).map(cell));
    }
    return { columns, rows, more: false };
  } catch (thrown) {
    return { refused: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

type SqlAnswerRow = (string | number | null)[];

/** Integers beyond what a number holds exactly are text. */
function cell(value: unknown): string | number | null {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}
