import { closeSync, openSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import type { DataFolder } from './data-folder.ts';

/** Between two looks while nothing is written, in ms. */
const LOOK_MS = 1_000;

/**
 * Notices that the data folder, or a part of it, is not there any more, or is another one: removed, moved, unmounted,
 * replaced by a copy, cut short. SQLite writes on into the files that it has open, and what it acknowledges then no
 * restart finds. Looked at before and after each transaction, and each second; the folders of single days each second.
 */
export class FolderGuard {
  /** Resolves, once, with what was noticed. */
  readonly lost: Promise<SlipstreamError>;
  readonly #folder: DataFolder;
  readonly #known = new Map<string, Stats>();
  readonly #buckets: readonly Bucket[];
  /** An open directory's inode is not given to another one. */
  #handles: readonly number[];
  readonly #timer: NodeJS.Timeout;
  readonly #onLost: (error: SlipstreamError) => void;
  #error: SlipstreamError | null = null;
  #databaseBytes = 0;

  /** To be made when the database is open, so that its WAL and its shared memory exist, and so do the buckets' folders. */
  constructor(folder: DataFolder, buckets: readonly string[], onLost: (error: SlipstreamError) => void) {
    const { promise, resolve } = Promise.withResolvers<SlipstreamError>();
    this.lost = promise;
    this.#folder = folder;
    this.#onLost = (error) => {
      onLost(error);
      resolve(error);
    };
    this.#buckets = buckets.map((bucket) => ({ path: join(folder.objects, bucket), days: new Set(), readAtMs: -1 }));
    this.#handles = [folder.objects, ...this.#buckets.map(({ path }) => path)].map((path) => openSync(path, 'r'));
    for (const path of this.#paths()) {
      const facts = lookAt(path);
      if (facts !== null) this.#known.set(path, facts);
    }
    for (const bucket of this.#buckets) missingDay(bucket);
    this.#timer = setInterval(() => this.#look(() => this.#fault() ?? this.#dayFault()), LOOK_MS);
    this.#timer.unref();
  }

  /** Throws, from the moment on when something is not in its place any more. */
  assertInPlace = (): void => {
    this.#look(() => this.#fault());
    if (this.#error !== null) throw this.#error;
  };

  /** Harmless when repeated. */
  close(): void {
    clearInterval(this.#timer);
    for (const handle of this.#handles) closeSync(handle);
    this.#handles = [];
  }

  #paths(): readonly string[] {
    const { root, database, objects } = this.#folder;
    return [root, database, `${database}-wal`, `${database}-shm`, objects, ...this.#buckets.map(({ path }) => path)];
  }

  #look(find: () => string | null): void {
    if (this.#error !== null) return;
    const fault = find();
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

  #dayFault(): string | null {
    for (const bucket of this.#buckets) {
      const day = missingDay(bucket);
      if (day !== null) return `${join(bucket.path, day)} is gone`;
    }
    return null;
  }
}

/** A bucket's folder with the days' folders that were seen in it. */
interface Bucket {
  readonly path: string;
  readonly days: Set<string>;
  /** The time of its last change when the days were read; -1 where it may have changed again in the same moment. */
  readAtMs: number;
}

/** A day's folder that was there before and is not now: with it go all the originals of that day. */
function missingDay(bucket: Bucket): string | null {
  const facts = lookAt(bucket.path);
  if (facts === null || facts.mtimeMs === bucket.readAtMs) return null;
  const names = namesIn(bucket.path);
  if (names === null) return null;
  const now = new Set(names);
  for (const day of bucket.days) if (!now.has(day)) return day;
  for (const name of now) if (DAY.test(name)) bucket.days.add(name);
  bucket.readAtMs = Math.abs(Date.now() - facts.mtimeMs) > LOOK_MS ? facts.mtimeMs : -1;
  return null;
}

/** null where they cannot be read now (too many files are open, no right to): that is looked at again, and no loss. */
function namesIn(path: string): readonly string[] | null {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** null for what is missing, and for what cannot be reached at all. */
function lookAt(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
