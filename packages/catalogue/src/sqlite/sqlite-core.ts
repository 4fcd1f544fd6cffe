import { type Page, SlipstreamError } from '@slipstream/shared';
import type { CatalogueHit, CatalogueRow, CatalogueStatus, ReceiptIds } from '../port/catalogue.ts';
import type { CatalogueChange } from '../port/change.ts';
import type { CatalogueQuery, SpendingAnswer, SpendingQuery } from '../port/query.ts';
import { check } from './check.ts';
import { Database, isDamage } from './database.ts';
import { CatalogueFiles, isAlive } from './files.ts';
import { list, scan, spending } from './read.ts';
import { removeImage, write } from './write.ts';

/** Tells what a person should know: that a catalogue was lost and begun anew. */
export type Notice = (sentence: string) => void;

/** Another process published a catalogue between two looks at the name of the one that counts. */
const MOVED = Symbol('moved');
/** Each time the newest is looked for; a catalogue is published at most every few seconds. */
const TRIES = 5;

/**
 * A catalogue in a folder. All of it is synchronous, as `node:sqlite` is: programs that do anything else meanwhile have
 * it in a thread (`openSqliteCatalogue`). Any number of processes may have the same folder open.
 */
export class SqliteCore {
  readonly #files: CatalogueFiles;
  readonly #notice: Notice;
  #open: { readonly name: string; readonly database: Database } | null = null;
  #build: { readonly name: string; readonly database: Database } | null = null;

  constructor(folder: string, notice: Notice) {
    this.#files = new CatalogueFiles(folder);
    this.#notice = notice;
  }

  apply(changes: readonly CatalogueChange[]): void {
    this.#write((database) => {
      for (const change of changes) write(database, change);
    });
  }

  removeImage(imageId: string, revision: number, removedAt: string): void {
    this.#write((database) => removeImage(database, imageId, revision, removedAt));
  }

  list(ownerId: string, query: CatalogueQuery): Page<CatalogueHit> {
    return this.#read((database) => list(this.#complete(database), ownerId, query));
  }

  spending(ownerId: string, query: SpendingQuery): SpendingAnswer {
    return this.#read((database) => spending(this.#complete(database), ownerId, query));
  }

  scan(options: { readonly after: ReceiptIds | null; readonly limit: number }): readonly CatalogueRow[] {
    return this.#read((database) => scan(database, options));
  }

  check(): readonly string[] {
    return this.#read(({ file }) => {
      // Seen: on a connection that has read before, FTS5's check takes what other processes wrote since for damage.
      const fresh = new Database(file);
      try {
        return check(fresh);
      } finally {
        fresh.close();
      }
    });
  }

  status(): CatalogueStatus {
    return this.#read((database) => {
      const count = (table: string) => Number(database.get(`SELECT count(*) AS n FROM ${table}`)?.n);
      const building = this.#files.building();
      return {
        adapter: 'sqlite',
        location: database.file,
        receipts: count('c_receipts'),
        merchants: count('c_merchants'),
        words: count('c_vocabulary'),
        bytes: this.#files.bytes(this.#files.current() ?? ''),
        is_complete: database.meta('complete') === '1',
        building: building && { done: building.done, total: building.total },
      };
    });
  }

  /** Begins or resumes a build; the cursor that was saved last. */
  openBuild(): string | null {
    const building = this.#files.building();
    if (building && isAlive(building)) {
      throw new SlipstreamError('STORE_BUSY', `Process ${building.pid} makes the catalogue already; let it end.`);
    }
    this.closeBuild();
    const resumed = building && this.#resume(building.file);
    const name = resumed ? building.file : this.#files.newName();
    const database = resumed ?? new Database(this.#files.pathOf(name));
    const { cursor, done, total } = resumed ? building : { cursor: null, done: 0, total: 0 };
    this.#files.saveBuilding({ file: name, pid: process.pid, cursor, done, total });
    this.#build = { name, database };
    this.#files.removeOthers();
    return cursor;
  }

  applyToBuild(changes: readonly CatalogueChange[]): void {
    const { database } = this.#building();
    database.transaction(() => {
      for (const change of changes) write(database, change);
    });
  }

  saveBuild(cursor: string | null, done: number, total: number): void {
    this.#files.saveBuilding({ file: this.#building().name, pid: process.pid, cursor, done, total });
  }

  /** While nobody writes to the one before: what is written afterwards is written to this one. */
  publishBuild(): void {
    const { name, database } = this.#building();
    database.setMeta('complete', '1');
    const before = this.#database();
    before.database.transaction(() => {
      if (this.#files.current() !== before.name)
        throw new SlipstreamError('STORE_BUSY', 'Another catalogue was published; rebuild it again.');
      this.#files.replaceCurrent(name);
    });
    this.closeBuild();
    this.#files.endBuilding();
    this.#closeOpen();
    this.#files.remove(before.name);
  }

  closeBuild(): void {
    this.#build?.database.close();
    this.#build = null;
  }

  close(): void {
    this.closeBuild();
    this.#closeOpen();
  }

  #building() {
    if (this.#build === null) throw new SlipstreamError('INTERNAL', 'No catalogue is being made.');
    return this.#build;
  }

  /** null where what was begun cannot be used. */
  #resume(name: string): Database | null {
    if (this.#files.bytes(name) === 0) return null;
    try {
      return new Database(this.#files.pathOf(name));
    } catch (thrown) {
      if (isDamage(thrown)) return null;
      throw thrown;
    }
  }

  #complete(database: Database): Database {
    if (database.meta('complete') === '1') return database;
    const building = this.#files.building();
    const state = building ? `${building.done} of ${building.total} receipts are in it` : 'nothing is in it yet';
    throw new SlipstreamError(
      'CATALOGUE_BUILDING',
      `The catalogue is being made: ${state}. Lists by date and status work meanwhile; slipstream catalogue rebuild makes it where slipstream dev does not run.`,
    );
  }

  #read<T>(work: (database: Database) => T): T {
    return this.#sound((database) => work(database));
  }

  #write(work: (database: Database) => void): void {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const isDone = this.#sound((database, name) => {
        try {
          database.transaction(() => {
            if (this.#files.current() !== name) throw MOVED;
            work(database);
          });
          return true;
        } catch (thrown) {
          if (thrown === MOVED) return false;
          throw thrown;
        }
      });
      if (isDone) return;
    }
    throw new SlipstreamError('STORE_BUSY', 'The catalogue is replaced again and again; try it later.');
  }

  /** A damaged file is replaced by an empty one, which is said, and which somebody has to fill. */
  #sound<T>(work: (database: Database, name: string) => T): T {
    for (let tries = 1; ; tries += 1) {
      let name: string | null = null;
      try {
        const open = this.#database();
        name = open.name;
        return work(open.database, open.name);
      } catch (thrown) {
        if (!isDamage(thrown) || tries === TRIES) throw toCatalogueError(thrown);
        this.#replaceDamaged(name);
      }
    }
  }

  #database(): { readonly name: string; readonly database: Database } {
    const name = this.#files.current();
    if (this.#open !== null && this.#open.name === name) return this.#open;
    this.#closeOpen();
    if (name === null) return this.#begin();
    this.#open = { name, database: new Database(this.#files.pathOf(name)) };
    return this.#open;
  }

  #begin(): { readonly name: string; readonly database: Database } {
    const name = this.#files.newName();
    const database = new Database(this.#files.pathOf(name));
    if (this.#files.makeCurrent(name)) {
      this.#open = { name, database };
      return this.#open;
    }
    database.close();
    this.#files.remove(name);
    return this.#database();
  }

  #replaceDamaged(opened: string | null): void {
    const damaged = opened ?? this.#files.current();
    this.#closeOpen();
    if (damaged === null || this.#files.current() !== damaged) return;
    this.#files.remove(damaged);
    this.#notice('The catalogue was damaged; it is made again from the records.');
  }

  #closeOpen(): void {
    const open = this.#open;
    this.#open = null;
    try {
      open?.database.close();
    } catch (thrown) {
      if (!isDamage(thrown)) throw thrown; // its last checkpoint met what is damaged
    }
  }
}

/** SQLite's primary result codes: busy, locked. */
const BUSY = new Set([5, 6]);

function toCatalogueError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return thrown;
  const code = Number(thrown.errcode) & 0xff;
  if (BUSY.has(code))
    return new SlipstreamError('STORE_BUSY', 'The catalogue is busy; try it again.', { cause: thrown });
  return new SlipstreamError('CATALOGUE_UNAVAILABLE', `The catalogue cannot be used: ${thrown.message}.`, {
    cause: thrown,
  });
}
