import { constants, existsSync, statSync, unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { v7 as uuidv7 } from 'uuid';
import { isMissing, onDisk, toFileError } from '../file-errors.ts';
import { dayOfBlob, UNFINISHED_SUFFIX } from './blob-name.ts';
import { DirectorySync, syncParents } from './directory-sync.ts';
import { LOST_AND_FOUND } from './folder-contents.ts';

export interface WrittenBlob {
  readonly blob: string;
  readonly size: number;
}

/**
 * The files with the objects' bytes: `{root}/{bucket}/{day}/{blob}`, where the blob's name is a UUIDv7, whose time says
 * in which day's folder it lies and how old it is. While it is written it is called `{blob}.part`, so that a whole file
 * can be told from half of one without the database. The name's end is taken off after the flush, which is not flushed
 * once more: a power cut may bring it back, so readers look under both names.
 */
export class BlobFiles {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #directorySync = new DirectorySync();
  readonly #durableDirectories = new Map<string, Promise<void>>();

  constructor(root: string, clock: Clock) {
    this.#root = root;
    this.#clock = clock;
  }

  bucketDirectory(bucket: string): string {
    return join(this.#root, bucket);
  }

  pathOf(bucket: string, blob: string): string {
    return join(this.bucketDirectory(bucket), dayOfBlob(blob), blob);
  }

  /** A name for new bytes. */
  newBlob(): string {
    return uuidv7({ msecs: this.#clock.now() });
  }

  /** Durable when it resolves. `LIMIT_EXCEEDED` past `sizeMax`, `STORE_UNAVAILABLE` when the disk refuses; nothing is left behind then. */
  async write(bucket: string, body: BlobBody, sizeMax: number): Promise<WrittenBlob> {
    const blob = this.newBlob();
    const path = this.pathOf(bucket, blob);
    const unfinished = path + UNFINISHED_SUFFIX;
    const handle = await this.#create(unfinished);
    try {
      const size = await writeBody(handle, body, sizeMax);
      // Together, because a file system that keeps a journal writes both with one flush.
      await onDisk(Promise.all([handle.sync(), this.#directorySync.sync(dirname(path))]));
      await rename(unfinished, path).catch((thrown) => {
        throw isMissing(thrown) ? setAsideMeanwhile() : toFileError(thrown);
      });
      return { blob, size };
    } catch (thrown) {
      await rm(unfinished, { force: true });
      throw thrown;
    } finally {
      await handle.close();
    }
  }

  /** A new file. The day's folder is made again when somebody removed it. */
  async #create(path: string): Promise<FileHandle> {
    const directory = dirname(path);
    await onDisk(this.#ensureDirectory(directory));
    try {
      return await open(path, 'wx');
    } catch (thrown) {
      if (!isMissing(thrown)) return onDisk(Promise.reject(thrown));
      this.#durableDirectories.delete(directory);
      await onDisk(this.#ensureDirectory(directory));
      return onDisk(open(path, 'wx'));
    }
  }

  /** Neither follows a link nor waits for a pipe's other end: whatever was put in a file's place is met by its facts. */
  async open(bucket: string, blob: string): Promise<FileHandle> {
    const path = this.pathOf(bucket, blob);
    try {
      return await open(path, READ_FLAGS);
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
      return open(path + UNFINISHED_SUFFIX, READ_FLAGS);
    }
  }

  /** Whether a blob of this size is there as a file, under either name. */
  async isWhole(bucket: string, { blob, size }: WrittenBlob): Promise<boolean> {
    const path = this.pathOf(bucket, blob);
    const facts = await stat(path).catch(() => stat(path + UNFINISHED_SUFFIX).catch(() => null));
    return facts?.isFile() === true && facts.size === size;
  }

  /** The same under the database's write lock. */
  isWholeSync(bucket: string, { blob, size }: WrittenBlob): boolean {
    const path = this.pathOf(bucket, blob);
    const options = { throwIfNoEntry: false } as const;
    try {
      const facts = statSync(path, options) ?? statSync(path + UNFINISHED_SUFFIX, options);
      return facts?.isFile() === true && facts.size === size;
    } catch {
      return false; // what cannot even be looked at is not there for anybody
    }
  }

  /** Synchronous, for use under the database's write lock. Harmless when there is none. */
  removeSync(bucket: string, blob: string): void {
    const path = this.pathOf(bucket, blob);
    for (const name of [path, path + UNFINISHED_SUFFIX]) if (existsSync(name)) unlinkSync(name);
  }

  /** Out of the way, but not away: into `lost+found`. */
  async setAside(bucket: string, fileName: string, blob: string): Promise<void> {
    const folder = join(this.#root, LOST_AND_FOUND);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(join(dirname(this.pathOf(bucket, blob)), fileName), join(folder, `${bucket}.${fileName}`));
  }

  /** Harmless when there is none. */
  async remove(bucket: string, blob: string): Promise<void> {
    const path = this.pathOf(bucket, blob);
    await rm(path, { force: true });
    await rm(path + UNFINISHED_SUFFIX, { force: true });
  }

  /** Its own entry and those of its parents up to the root are durable, whichever process made them. */
  #ensureDirectory(directory: string): Promise<void> {
    const known = this.#durableDirectories.get(directory);
    if (known !== undefined) return known;
    const made = this.#makeDirectory(directory).catch((thrown: unknown) => {
      this.#durableDirectories.delete(directory);
      throw thrown;
    });
    this.#durableDirectories.set(directory, made);
    return made;
  }

  async #makeDirectory(directory: string): Promise<void> {
    await mkdir(directory, { recursive: true });
    await syncParents(directory, dirname(this.#root));
  }
}

/** Maintenance moves half-written files away after an hour; this machine may have slept since. */
function setAsideMeanwhile(): SlipstreamError {
  return new SlipstreamError('STORE_UNAVAILABLE', 'The put took over an hour and its file was moved; put it again.');
}

const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export type BlobBody = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

async function writeBody(handle: FileHandle, body: BlobBody, sizeMax: number): Promise<number> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > sizeMax) {
      throw new SlipstreamError('LIMIT_EXCEEDED', `The object has more than ${sizeMax} bytes.`, {
        details: { bytes_max: sizeMax },
      });
    }
    await onDisk(handle.writeFile(chunk));
  }
  return size;
}
