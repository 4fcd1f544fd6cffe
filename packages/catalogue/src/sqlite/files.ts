import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isRunning, makePrivateFolder, PRIVATE_FILE } from '@slipstream/runtime';
import * as z from 'zod';
import { SCHEMA_VERSION } from './schema.ts';

const buildingSchema = z.object({
  file: z.string(),
  pid: z.number(),
  cursor: z.string().nullable(),
  done: z.number(),
  total: z.number(),
});
/** A catalogue that is being made, by whom, and how far it has come. */
export type Building = z.infer<typeof buildingSchema>;

const FILE = /^catalogue-[\da-f-]{36}\.db$/;
const SUFFIXES = ['', '-wal', '-shm'];

/**
 * The files of a catalogue, in a folder of its own:
 *
 *     current-v1               names the file that counts; replaced in one step when another is published
 *     catalogue-{uuid}.db      that file, and one that is being made
 *     building-v1.json         which one is being made, by which process, and how far it is
 *
 * SQLite's own companions (-wal, -shm) belong to a file's name: a published file therefore keeps its name.
 */
export class CatalogueFiles {
  readonly folder: string;
  readonly #current: string;
  readonly #building: string;

  constructor(folder: string) {
    this.folder = folder;
    makePrivateFolder(folder);
    this.#current = join(folder, `current-v${SCHEMA_VERSION}`);
    this.#building = join(folder, `building-v${SCHEMA_VERSION}.json`);
  }

  /** The file that counts; null where there is none, or what names it is damaged. */
  current(): string | null {
    const name = readText(this.#current)?.trim();
    return name && FILE.test(name) && existsSync(join(this.folder, name)) ? name : null;
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  newName(): string {
    return `catalogue-${randomUUID()}.db`;
  }

  /** False where another process was first. */
  makeCurrent(name: string): boolean {
    const written = this.#write(`${name}\n`);
    try {
      if (this.current() !== null) return false;
      if (existsSync(this.#current)) renameSync(written, this.#current);
      else linkSync(written, this.#current);
      return true;
    } catch (thrown) {
      if (isCode(thrown, 'EEXIST')) return false;
      throw thrown;
    } finally {
      rmSync(written, { force: true });
    }
  }

  replaceCurrent(name: string): void {
    renameSync(this.#write(`${name}\n`), this.#current);
  }

  building(): Building | null {
    const text = readText(this.#building);
    if (text === null) return null;
    try {
      return buildingSchema.parse(JSON.parse(text));
    } catch {
      return null; // cut off while it was written: that run is begun anew
    }
  }

  saveBuilding(building: Building): void {
    renameSync(this.#write(JSON.stringify(building)), this.#building);
  }

  endBuilding(): void {
    rmSync(this.#building, { force: true });
  }

  remove(name: string): void {
    for (const suffix of SUFFIXES) rmSync(this.pathOf(name) + suffix, { force: true });
  }

  /** What nothing names any more: of runs that were ended, and of files that were replaced. */
  removeOthers(): void {
    const named = new Set([this.current(), this.building()?.file]);
    for (const name of readdirSync(this.folder)) if (FILE.test(name) && !named.has(name)) this.remove(name);
  }

  bytes(name: string): number {
    return SUFFIXES.map((suffix) => this.pathOf(name) + suffix)
      .filter((path) => existsSync(path))
      .reduce((sum, path) => sum + statSync(path).size, 0);
  }

  #write(text: string): string {
    const path = join(this.folder, `.${randomUUID()}`);
    const file = openSync(path, 'wx', PRIVATE_FILE);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return path;
  }
}

/** Whether the process that makes it is there still. */
export const isAlive = ({ pid }: Building): boolean => pid !== process.pid && isRunning(pid);

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return null;
    throw thrown;
  }
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
