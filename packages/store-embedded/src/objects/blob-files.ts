import { existsSync, unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { v7 as uuidv7 } from 'uuid';
import { onDisk } from '../file-errors.ts';
import { DirectorySync, syncParents } from './directory-sync.ts';

export interface WrittenBlob {
  readonly blob: string;
  readonly size: number;
}

/**
 * The files with the objects' bytes: `{root}/{bucket}/{day}/{blob}`, where the blob's name is a UUIDv7, whose time says
 * in which day's folder it lies and how old it is. A name is new and known to nobody until a row of the database holds
 * it, so that it needs no second, temporary one.
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
    await onDisk(this.#ensureDirectory(dirname(path)));
    const handle = await onDisk(open(path, 'wx'));
    try {
      const size = await writeBody(handle, body, sizeMax);
      // Together, because a file system that keeps a journal writes both with one flush.
      await onDisk(Promise.all([handle.sync(), this.#directorySync.sync(dirname(path))]));
      return { blob, size };
    } catch (thrown) {
      await rm(path, { force: true });
      throw thrown;
    } finally {
      await handle.close();
    }
  }

  open(bucket: string, blob: string): Promise<FileHandle> {
    return open(this.pathOf(bucket, blob), 'r');
  }

  /** Synchronous, for use under the database's write lock. */
  existsSync(bucket: string, blob: string): boolean {
    return existsSync(this.pathOf(bucket, blob));
  }

  /** Synchronous, for use under the database's write lock. */
  removeSync(bucket: string, blob: string): void {
    unlinkSync(this.pathOf(bucket, blob));
  }

  /** Harmless when there is none. */
  async remove(bucket: string, blob: string): Promise<void> {
    await rm(this.pathOf(bucket, blob), { force: true });
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

/** Milliseconds since the epoch, the first 48 bits of a UUIDv7. */
export function blobTime(blob: string): number {
  return Number.parseInt(blob.replaceAll('-', '').slice(0, 12), 16);
}

function dayOfBlob(blob: string): string {
  return new Date(blobTime(blob)).toISOString().slice(0, 10);
}
