import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';
import type { TableFile, TableFiles } from './table-files.ts';
import { filesOfVersion, manifestName } from './version-files.ts';

/** A range a request: many at once fill the line, where one would take turns with its latency. */
const PIECE_BYTES = 4 * 1024 * 1024;
const PIECES_AT_ONCE = 16;
/** Behind look-ups that read the home: one after another takes about half of the line. */
const PIECES_BEHIND = 1;
/** Of what the disk has free, at most this share is filled. */
const DISK_SHARE = 0.8;

/** What is missing of a version, before it is fetched. */
export interface CopyPlan {
  readonly version: number;
  readonly manifest: Uint8Array;
  readonly needed: readonly TableFile[];
  readonly missing: readonly TableFile[];
  readonly missing_bytes: number;
}

/**
 * A folder that holds published versions of one table, for readers. Files of a table never change, so that a newer
 * version costs only the files that it adds. A file appears under its name when it is whole; the manifest comes last,
 * and a version whose manifest is there is complete. Several processes may fill the same folder.
 */
export class LocalCopy {
  readonly folder: string;
  readonly #files: TableFiles;

  constructor(files: TableFiles, folder: string) {
    this.#files = files;
    this.folder = folder;
  }

  async has(version: number): Promise<boolean> {
    return (await sizeOf(join(this.folder, manifestName(version)))) !== null;
  }

  /** Whether no version was ever copied here. */
  async isEmpty(): Promise<boolean> {
    return (await sizeOf(join(this.folder, '_versions'))) === null;
  }

  /** Null when the home does not have the version. */
  async plan(version: number): Promise<CopyPlan | null> {
    const [files, manifest] = await Promise.all([this.#files.list(), this.#readAll(manifestName(version))]);
    if (manifest === null) return null;
    const needed = filesOfVersion(manifest, files);
    const missing: TableFile[] = [];
    for (const file of needed) {
      if ((await sizeOf(join(this.folder, file.name))) !== file.size) missing.push(file);
    }
    return { version, manifest, needed, missing, missing_bytes: missing.reduce((sum, { size }) => sum + size, 0) };
  }

  /** False when there is no room for it. */
  async complete(
    { version, manifest, missing, missing_bytes }: CopyPlan,
    { isWaitedFor }: { readonly isWaitedFor: boolean },
  ): Promise<boolean> {
    await mkdir(this.folder, { recursive: true });
    const disk = await statfs(this.folder);
    if (missing_bytes > disk.bavail * disk.bsize * DISK_SHARE) return false;
    const pieces = missing.flatMap((file) => piecesOf(file));
    const temporary = new Map(missing.map((file) => [file.name, join(this.folder, `.part-${randomUUID()}`)]));
    try {
      for (const path of temporary.values()) await writeFile(path, '');
      const width = isWaitedFor ? PIECES_AT_ONCE : PIECES_BEHIND;
      await inTurn(pieces, width, (piece) => this.#fetch(piece, temporary.get(piece.name) ?? ''));
      for (const [name, path] of temporary) await this.#place(path, name);
    } finally {
      for (const path of temporary.values()) await rm(path, { force: true });
    }
    const whole = join(this.folder, `.part-${randomUUID()}`);
    await writeFile(whole, manifest);
    await this.#place(whole, manifestName(version));
    return true;
  }

  /** Removes what none of these versions is made of and nobody has written since `before` (epoch milliseconds). */
  async keepOnly(plans: readonly CopyPlan[], before: number): Promise<void> {
    const kept = new Set(plans.flatMap((plan) => [manifestName(plan.version), ...plan.needed.map(({ name }) => name)]));
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || kept.has(relative(this.folder, path).split(sep).join('/'))) continue;
      const found = await stat(path).catch(() => null);
      if (found !== null && found.mtimeMs < before) await rm(path, { force: true });
    }
  }

  async #fetch({ name, from, to }: Piece, path: string): Promise<void> {
    const body = await this.#files.read(name, [from, to]);
    if (body === null) throw new SlipstreamError('INDEX_VERSION_GONE', `${name} was pruned while it was copied.`);
    const file = await open(path, 'r+');
    try {
      let at = from;
      for await (const chunk of body) {
        await file.write(chunk, 0, chunk.length, at);
        at += chunk.length;
      }
      if (at !== to + 1) {
        throw new SlipstreamError('INDEX_UNAVAILABLE', `${name} ended at byte ${at} instead of ${to + 1}.`);
      }
    } finally {
      await file.close();
    }
  }

  async #place(temporary: string, name: string): Promise<void> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await rename(temporary, path);
  }

  async #readAll(name: string): Promise<Uint8Array | null> {
    const body = await this.#files.read(name);
    return body && Buffer.concat(await Array.fromAsync(body));
  }
}

interface Piece {
  readonly name: string;
  /** First and last byte, both included. */
  readonly from: number;
  readonly to: number;
}

function piecesOf({ name, size }: TableFile): Piece[] {
  return Array.from({ length: Math.ceil(size / PIECE_BYTES) }, (_, at) => ({
    name,
    from: at * PIECE_BYTES,
    to: Math.min(size, (at + 1) * PIECE_BYTES) - 1,
  }));
}

/** In bytes; null when there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.size ?? null;
}

async function inTurn<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: Math.min(width, items.length) }, async () => {
    for (const item of queue) await work(item);
  });
  await Promise.all(workers);
}
