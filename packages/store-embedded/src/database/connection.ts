import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { SlipstreamError } from '@slipstream/shared';
import { retryWhileBusy } from './busy.ts';
import { toStoreError } from './sqlite-errors.ts';

/**
 * How long SQLite itself may wait for a lock, in ms. It sleeps in the event loop's thread, so it is short; the rest of
 * the waiting is done by `retryWhileBusy`.
 */
const BUSY_TIMEOUT_MS = 5;

const PRAGMAS = [
  // WAL's default with FULL: COMMIT returns when the WAL is on the disk. Valid for one connection only, so set on each.
  'PRAGMA synchronous = FULL',
  // Darwin: fsync leaves the data in the drive's cache, only F_FULLFSYNC flushes it. Without effect elsewhere.
  ...(process.platform === 'darwin' ? ['PRAGMA fullfsync = ON', 'PRAGMA checkpoint_fullfsync = ON'] : []),
  // Pages of 4 KB. A commit that finds more in the WAL copies them into the database; with the default of 1,000 that took a
  // quarter of all time in commits, since the same pages are copied again and again.
  'PRAGMA wal_autocheckpoint = 8000',
  // Bytes: what a burst made the WAL grow beyond is given back once it is copied.
  'PRAGMA journal_size_limit = 67108864',
  // What is deleted is overwritten: a page that is free, or the free part of one, holds nothing that can be read back.
  'PRAGMA secure_delete = ON',
  // KiB when negative.
  'PRAGMA cache_size = -32000',
  'PRAGMA temp_store = MEMORY',
];

/** One open database with its prepared statements. Everything on it is synchronous and must stay short. */
export class Connection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #failure: SlipstreamError | null = null;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  static async open(file: string): Promise<Connection> {
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      // Fails as busy while another process changes the same file to WAL.
      const mode = await retryWhileBusy(() => database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode);
      if (mode !== 'wal') throw noSharedMemory(file);
      for (const pragma of PRAGMAS) database.exec(pragma);
    } catch (thrown) {
      database.close();
      throw thrown;
    }
    return new Connection(database);
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  get isTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** The prepared statement; every text is prepared once, so that texts must not carry values. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#database.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /** Several statements at once, for the schema. */
  exec(text: string): void {
    this.#database.exec(text);
  }

  /** A read of the committed state. Tried again while another process recovers or closes the file. */
  async read<T>(work: (connection: Connection) => T): Promise<T> {
    try {
      return await retryWhileBusy(() => {
        this.assertOpen();
        return work(this);
      });
    } catch (thrown) {
      throw toStoreError(thrown);
    }
  }

  assertOpen(): void {
    if (this.#failure !== null) throw this.#failure;
    if (!this.isOpen) throw new SlipstreamError('STORE_UNAVAILABLE', 'The store is closed.');
  }

  /**
   * Everything fails with this from now on. The file stays open: closing it would make SQLite remove the WAL by its name,
   * which may be another database's by now.
   */
  fail(error: SlipstreamError): void {
    this.#failure ??= error;
  }

  close(): void {
    if (!this.isOpen || this.#failure !== null) return;
    this.#statements.clear();
    this.#database.close();
  }
}

/** Network file systems: SQLite stays with another journal there, without an error. */
function noSharedMemory(file: string): SlipstreamError {
  const message = `The file system of ${file} cannot be shared by several processes; name a data folder on a local disk.`;
  return new SlipstreamError('DATA_FOLDER_INVALID', message);
}
