import { closeSync, openSync, type Stats, statSync } from 'node:fs';
import { SlipstreamError } from '@slipstream/shared';
import type { DataFolder } from './data-folder.ts';

/** Between two looks while nothing is written, in ms. */
const LOOK_MS = 1_000;

/**
 * Notices that the data folder, or a part of it, is not there any more, or is another one: removed, moved, unmounted,
 * replaced by a copy, cut short. SQLite writes on into the files that it has open, and what it acknowledges then no
 * restart finds. Looked at before and after each transaction, and each second.
 */
export class FolderGuard {
  /** Resolves, once, with what was noticed. */
  readonly lost: Promise<SlipstreamError>;
  readonly #folder: DataFolder;
  readonly #known = new Map<string, Stats>();
  /** An open directory's inode is not given to another one. */
  #objectsHandle: number | null;
  readonly #timer: NodeJS.Timeout;
  readonly #onLost: (error: SlipstreamError) => void;
  #error: SlipstreamError | null = null;
  #databaseBytes = 0;

  /** To be made when the database is open, so that its WAL and its shared memory exist. */
  constructor(folder: DataFolder, onLost: (error: SlipstreamError) => void) {
    const { promise, resolve } = Promise.withResolvers<SlipstreamError>();
    this.lost = promise;
    this.#folder = folder;
    this.#onLost = (error) => {
      onLost(error);
      resolve(error);
    };
    this.#objectsHandle = openSync(folder.objects, 'r');
    for (const path of this.#paths()) {
      const facts = lookAt(path);
      if (facts !== null) this.#known.set(path, facts);
    }
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  /** Throws, from the moment on when something is not in its place any more. */
  assertInPlace = (): void => {
    this.#look();
    if (this.#error !== null) throw this.#error;
  };

  /** Harmless when repeated. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#objectsHandle !== null) closeSync(this.#objectsHandle);
    this.#objectsHandle = null;
  }

  #paths(): readonly string[] {
    const { root, database, objects } = this.#folder;
    return [root, database, `${database}-wal`, `${database}-shm`, objects];
  }

  #look(): void {
    if (this.#error !== null) return;
    const fault = this.#fault();
    if (fault === null) return;
    this.#error = new SlipstreamError(
      'STORE_UNAVAILABLE',
      `The data folder ${this.#folder.root} changed while it was in use (${fault}): nothing more is written. Put it back, then start again.`,
    );
    this.#onLost(this.#error);
  }

  #fault(): string | null {
    for (const [path, known] of this.#known) {
      const now = lookAt(path);
      if (now === null) return `${path} is gone`;
      if (now.ino !== known.ino || now.dev !== known.dev) return `${path} is another one now`;
      if (path !== this.#folder.database) continue;
      // It grows, and is never vacuumed.
      if (now.size < this.#databaseBytes) return `${path} was cut short`;
      this.#databaseBytes = now.size;
    }
    return null;
  }
}

/** null for what is missing, and for what cannot be reached at all. */
function lookAt(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
