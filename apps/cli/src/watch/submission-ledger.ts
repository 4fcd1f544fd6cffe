import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { makePrivateFolder, pathOfBytes, type SeenFile, systemPath } from '@slipstream/runtime';

/** A file that waits to be submitted. */
export interface WaitingFile {
  readonly path: string;
  readonly size: number;
  readonly modified_ms: number;
  readonly attempts: number;
  /** What an earlier state of it was submitted as. */
  readonly image_id: string | null;
}

/** How a file came into the ledger, or what changed about it. */
export type Sighting = 'known' | 'changed' | 'refused';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS files (
    -- as keyOf makes it
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    -- settling: may still be written; waiting: to be submitted; done; refused: for its own sake
    state TEXT NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    due_at_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    image_id TEXT,
    seen_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS files_by_due ON files (state, due_at_ms);
  CREATE TABLE IF NOT EXISTS superseded (
    image_id TEXT PRIMARY KEY,
    since_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`;

const SELECT = 'SELECT size, modified_ms, state, changed_at_ms, seen_at_ms FROM files WHERE path = ?';
const UPSERT = `
  INSERT INTO files (path, size, modified_ms, state, changed_at_ms, due_at_ms, seen_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified_ms = excluded.modified_ms, state = excluded.state,
    changed_at_ms = excluded.changed_at_ms, due_at_ms = excluded.due_at_ms, seen_at_ms = excluded.seen_at_ms, attempts = 0`;
const TOUCH = 'UPDATE files SET seen_at_ms = ?, state = ? WHERE path = ?';
const SELECT_WAITING = `
  SELECT path, size, modified_ms, attempts, image_id FROM files
  WHERE state = 'waiting' AND due_at_ms <= ? ORDER BY due_at_ms LIMIT 1`;
const DONE = "UPDATE files SET state = 'done', attempts = 0, image_id = ? WHERE path = ?";
const REFUSE = "UPDATE files SET state = 'refused' WHERE path = ?";
const POSTPONE = 'UPDATE files SET due_at_ms = ?, attempts = attempts + 1 WHERE path = ?';
const RESETTLE = "UPDATE files SET state = 'settling', size = -1 WHERE path = ?";
const FORGET = 'DELETE FROM files WHERE path = ?';
const FORGET_UNSEEN = "DELETE FROM files WHERE seen_at_ms < ? AND state IN ('done', 'refused', 'settling')";
const REALIGN = `
  UPDATE files SET changed_at_ms = min(changed_at_ms, ?1), due_at_ms = min(due_at_ms, ?1), seen_at_ms = min(seen_at_ms, ?1)
  WHERE changed_at_ms > ?1 OR seen_at_ms > ?1 OR due_at_ms > ?1 + ?2`;
const COUNT = "SELECT count(*) AS files FROM files WHERE state = 'waiting'";
const SELECT_DONE = "SELECT path, image_id FROM files WHERE state = 'done' AND path > ? ORDER BY path LIMIT 200";

/** A file that was removed and comes back within this time is still known, and what it was submitted as. */
const UNSEEN_KEPT_MS = 86_400_000;
/** How exactly it is known when a file was last there. */
const TOUCHED_MS = 3_600_000;
/** Longer than any file waits for its next try. */
const DUE_MS_MAX = 3_600_000;

/**
 * The durable queue of a watched folder: each file's last state, and what has become of it. On the disk, so that neither
 * the size of the folder nor a restart matters. Losing it costs time, never a duplicate: the same bytes are one image.
 */
export class SubmissionLedger {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    makePrivateFolder(dirname(path));
    this.#database = openOrBegin(path);
  }

  /** Compares a file with its last state. One that has bytes, and is as it was for `stableMs`, waits from now on. */
  see(file: SeenFile, nowMs: number, stableMs: number): Sighting {
    const { size, modified_ms } = file;
    const path = keyOf(file.path);
    const known = this.#sql(SELECT).get(path);
    const isSame = known?.size === size && known.modified_ms === modified_ms;
    if (!file.isRegular) {
      if (isSame && known.state === 'refused') return 'known';
      this.#sql(UPSERT).run(path, size, modified_ms, 'refused', nowMs, nowMs, nowMs);
      return 'refused';
    }
    if (!isSame) {
      this.#sql(UPSERT).run(path, size, modified_ms, 'settling', nowMs, nowMs, nowMs);
      // Without a pause to wait for, the next look would only find the same.
      if (stableMs > 0 || size === 0) return 'changed';
    }
    const isStable = size > 0 && nowMs - Number(known?.changed_at_ms ?? nowMs) >= stableMs;
    const state = (isSame ? known.state : 'settling') === 'settling' && isStable ? 'waiting' : known?.state;
    const isFresh = known !== undefined && nowMs - Number(known.seen_at_ms) < TOUCHED_MS;
    // A file that stays as it is costs a lookup and no write.
    if (!isSame || state !== known.state || !isFresh) this.#sql(TOUCH).run(nowMs, state ?? 'settling', path);
    return isSame ? 'known' : 'changed';
  }

  nextWaiting(nowMs: number): WaitingFile | null {
    const row = this.#sql(SELECT_WAITING).get(nowMs);
    if (row === undefined) return null;
    const { path, size, modified_ms, attempts, image_id } = row;
    return {
      path: pathOf(String(path)),
      size: Number(size),
      modified_ms: Number(modified_ms),
      attempts: Number(attempts),
      image_id: textOrNull(image_id),
    };
  }

  get waiting(): number {
    return Number(this.#sql(COUNT).get()?.files ?? 0);
  }

  /** What an earlier state was submitted as, where it is another image, is superseded. */
  done(file: WaitingFile, imageId: string, nowMs: number): void {
    this.#sql(DONE).run(imageId, keyOf(file.path));
    if (file.image_id === null || file.image_id === imageId) return;
    this.#sql('INSERT INTO superseded VALUES (?, ?) ON CONFLICT DO NOTHING').run(file.image_id, nowMs);
  }

  refuse(path: string): void {
    this.#sql(REFUSE).run(keyOf(path));
  }

  postpone(path: string, dueAtMs: number): void {
    this.#sql(POSTPONE).run(dueAtMs, keyOf(path));
  }

  /** It is another one than was seen: the next scan begins anew with it. */
  resettle(path: string): void {
    this.#sql(RESETTLE).run(keyOf(path));
  }

  forget(path: string): void {
    this.#sql(FORGET).run(keyOf(path));
  }

  /** After a whole scan. A clock that was set back leaves no file waiting for the old time. */
  tidy(nowMs: number): void {
    this.#sql(REALIGN).run(nowMs, DUE_MS_MAX);
    this.#sql(FORGET_UNSEEN).run(nowMs - UNSEEN_KEPT_MS);
  }

  /** Files that were submitted, a page at a time, after a path. */
  submitted(after: string): readonly { readonly path: string; readonly image_id: string }[] {
    const rows = this.#sql(SELECT_DONE).all(keyOf(after));
    return rows.map(({ path, image_id }) => ({ path: pathOf(String(path)), image_id: String(image_id) }));
  }

  superseded(): readonly { readonly image_id: string; readonly since_ms: number }[] {
    const rows = this.#sql('SELECT image_id, since_ms FROM superseded LIMIT 100').all();
    return rows.map(({ image_id, since_ms }) => ({ image_id: String(image_id), since_ms: Number(since_ms) }));
  }

  forgetSuperseded(imageId: string): void {
    this.#sql('DELETE FROM superseded WHERE image_id = ?').run(imageId);
  }

  /** Prepared once: a folder has thousands of files. */
  #sql(text: string): StatementSync {
    const statement = this.#statements.get(text) ?? this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}

/** SQLite's text is UTF-8: a path that is none is kept as the hexadecimal digits of its bytes. A path begins with `/`. */
function keyOf(path: string): string {
  const known = systemPath(path);
  return typeof known === 'string' ? known : BYTES + known.toString('hex');
}

function pathOf(key: string): string {
  return key.startsWith(BYTES) ? pathOfBytes(Buffer.from(key.slice(BYTES.length), 'hex')) : key;
}

const BYTES = 'bytes:';

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** A damaged one is begun anew. */
function openOrBegin(path: string): DatabaseSync {
  try {
    return open(path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'errcode' in thrown ? Number(thrown.errcode) & 0xff : 0;
    if (code !== SQLITE_CORRUPT && code !== SQLITE_NOTADB) throw thrown;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return open(path);
  }
}

/** https://www.sqlite.org/rescode.html */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  // Losing the last moments of it costs time only.
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  return database;
}
