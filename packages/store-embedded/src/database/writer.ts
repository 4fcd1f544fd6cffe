import { SlipstreamError } from '@slipstream/shared';
import { retryWhileBusy } from './busy.ts';
import type { Connection } from './connection.ts';
import { toStoreError } from './sqlite-errors.ts';

/** Writes in one transaction at most: bounds how long the event loop and the write lock are held (about 5 ms). */
const GROUP_MAX = 128;

interface PendingWrite {
  /** Runs the write and returns what settles its promise once the group is committed. */
  readonly execute: (connection: Connection) => () => void;
  readonly fail: (thrown: unknown) => void;
}

/**
 * Group commit. Writes that are waiting are executed together in one `BEGIN IMMEDIATE … COMMIT`, each in a savepoint of
 * its own, so that one which fails undoes only itself; a promise resolves when its group is on the disk.
 *
 *   waiting ──(next turn of the event loop)──► BEGIN ──► savepoint of each ──► COMMIT ──► promises
 *      ▲                                         │ busy                          │ failed
 *      └───────── pause with jitter ◄────────────┘                               └──► all rejected, nothing written
 */
export class Writer {
  readonly #connection: Connection;
  readonly #assertInPlace: () => void;
  #waiting: PendingWrite[] = [];
  #running: Promise<void> | null = null;

  /** `assertInPlace` throws when the files that are written to are not those that a restart will find. */
  constructor(connection: Connection, assertInPlace: () => void = () => {}) {
    this.#connection = connection;
    this.#assertInPlace = assertInPlace;
  }

  /**
   * `work` runs synchronously inside the transaction; it must have no effect but on the database, because the
   * transaction can still fail. `STORE_BUSY` when the lock could not be had, `STORE_UNAVAILABLE` when the disk refused.
   */
  run<T>(work: (connection: Connection) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const execute = (connection: Connection) => {
        const result = work(connection);
        return () => resolve(result);
      };
      this.#waiting.push({ execute, fail: (thrown) => reject(toStoreError(thrown)) });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when everything that waits now is settled. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // One turn, in which whoever was woken by the last commit can join the next group.
      await new Promise((resolve) => setImmediate(resolve));
      await this.#commitGroup();
    }
    this.#running = null;
  }

  async #commitGroup(): Promise<void> {
    try {
      await retryWhileBusy(() => {
        this.#assertInPlace();
        this.#connection.assertOpen();
        this.#connection.sql('BEGIN IMMEDIATE').run();
      });
    } catch (thrown) {
      for (const write of this.#waiting.splice(0)) write.fail(thrown);
      return;
    }
    // Taken now and not before: those who came while the lock was busy belong to this group as well.
    this.#executeGroup(this.#waiting.splice(0, GROUP_MAX));
  }

  #executeGroup(group: readonly PendingWrite[]): void {
    const settlements: (() => void)[] = [];
    try {
      for (const write of group) settlements.push(this.#executeOne(write));
      this.#connection.sql('COMMIT').run();
      // Once more: what was committed to a file that was removed meanwhile is not acknowledged.
      this.#assertInPlace();
    } catch (thrown) {
      for (const write of group) write.fail(thrown);
      this.#rollBack();
      return;
    }
    for (const settle of settlements) settle();
  }

  #rollBack(): void {
    if (!this.#connection.isTransaction) return;
    try {
      this.#connection.sql('ROLLBACK').run();
    } catch {
      // A transaction that cannot be ended would swallow every later write: each of them is told that the store is closed.
      this.#connection.close();
    }
  }

  /** Throws only when SQLite gave up the whole transaction. */
  #executeOne(write: PendingWrite): () => void {
    const connection = this.#connection;
    connection.sql('SAVEPOINT one').run();
    try {
      const settle = write.execute(connection);
      connection.sql('RELEASE one').run();
      return settle;
    } catch (thrown) {
      // A full disk or an I/O error can end the transaction by itself; then the writes before this one are gone too.
      if (!connection.isTransaction) throw transactionLost(thrown);
      connection.sql('ROLLBACK TO one').run();
      connection.sql('RELEASE one').run();
      return () => write.fail(thrown);
    }
  }
}

function transactionLost(cause: unknown): SlipstreamError {
  return new SlipstreamError('STORE_UNAVAILABLE', 'The database gave the transaction up; nothing was written.', {
    cause,
  });
}
