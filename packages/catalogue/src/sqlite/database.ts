import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { closeToOthers } from '@slipstream/runtime';
import { SlipstreamError } from '@slipstream/shared';
import { PRAGMAS, SCHEMA, SCHEMA_VERSION } from './schema.ts';

export type Row = Record<string, unknown>;

const BUSY_TIMEOUT_MS = 10_000;
/** SQLite's primary result codes (sqlite.org/rescode.html): damaged, and no database. */
const DAMAGED = new Set([11, 26]);

export function isDamage(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return false;
  return DAMAGED.has(Number(thrown.errcode) & 0xff);
}

/** One file of a catalogue. Everything is synchronous: it belongs into a thread of its own, or into a short program. */
export class Database {
  readonly file: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** Made with its tables where it is missing. */
  constructor(file: string) {
    this.file = file;
    this.#database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      const mode = this.#database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
      if (mode !== 'wal') throw new SlipstreamError('DATA_FOLDER_INVALID', `${file} does not lie on a local disk.`);
      for (const pragma of PRAGMAS) this.#database.exec(pragma);
      this.transaction(() => {
        if (Number(this.get('PRAGMA user_version')?.user_version) === SCHEMA_VERSION) return;
        this.#database.exec(SCHEMA);
        this.#database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
      });
      for (const suffix of ['', '-wal', '-shm']) closeToOthers(`${file}${suffix}`);
    } catch (thrown) {
      this.#database.close();
      throw thrown;
    }
  }

  all(sql: string, ...values: readonly SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values);
  }

  get(sql: string, ...values: readonly SQLInputValue[]): Row | null {
    return this.#prepared(sql).get(...values) ?? null;
  }

  /** Rows changed. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  /** The rowid of what was inserted. */
  insert(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).lastInsertRowid);
  }

  /** Takes the write lock first, so that it never fails halfway for want of it. */
  transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (thrown) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw thrown;
    }
  }

  meta(name: string): string | null {
    const value = this.get('SELECT value FROM c_meta WHERE name = ?', name)?.value;
    return value === undefined ? null : String(value);
  }

  setMeta(name: string, value: string): void {
    this.run('INSERT INTO c_meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', name, value);
  }

  close(): void {
    if (!this.#database.isOpen) return;
    this.#statements.clear();
    this.#database.close();
  }

  /** Sums can be larger than a float is exact for: integers come as bigint. */
  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReadBigInts(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
