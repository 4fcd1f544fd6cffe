import { constants } from 'node:fs';
import { access, type FileHandle } from 'node:fs/promises';
import { decodeCursor, encodeCursor } from '@slipstream/runtime';
import {
  assertLimit,
  assertObjectKey,
  assertObjectMetadata,
  assertPurgePrefix,
  type Clock,
  type DescribedObject,
  type GetObjectOptions,
  LIST_OBJECTS_MAX,
  type ListObjectsOptions,
  OBJECT_BYTES_MAX,
  type ObjectHead,
  type ObjectStore,
  type Page,
  type PresignedPut,
  type PresignPutOptions,
  type PutObjectOptions,
  SlipstreamError,
  type StoredObject,
} from '@slipstream/shared';
import type { Connection } from '../database/connection.ts';
import type { Writer } from '../database/writer.ts';
import { isMissing, isRefused, toFileError } from '../file-errors.ts';
import type { BlobBody, BlobFiles, WrittenBlob } from './blob-files.ts';
import { discardBlob } from './discarded-blobs.ts';
import { objectBody } from './object-body.ts';
import { objectFileError, objectLost } from './object-lost.ts';
import { deleteMetadata, insertMetadata, selectMetadata } from './object-metadata.ts';
import { deleteObject, type ObjectRow, putObject, selectObject, selectObjects } from './object-table.ts';
import type { PresignedUploads } from './presigned-uploads.ts';
import {
  deleteSmallBlob,
  hasSmallBlob,
  insertSmallBlob,
  SMALL_BLOB_BYTES_MAX,
  selectSmallBlob,
} from './small-blobs.ts';

const PURGED_AT_ONCE = 200;

export interface BucketHome {
  readonly bucket: string;
  readonly connection: Connection;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly files: BlobFiles;
  /** Whether small bytes may lie in the database: not what cannot be made again if it is lost. */
  readonly keepsSmallInDatabase: boolean;
  readonly uploads: PresignedUploads;
  /** Runs in the transaction that creates the object: its message is there exactly when the object is. */
  readonly announce: ((connection: Connection, object: ObjectHead) => void) | null;
  /** After that transaction. */
  readonly announced: () => void;
}

/**
 * One bucket: keys in the database, bytes in files, or beside their row where they are small. An object exists when its
 * row does, so a put is atomic, two processes cannot both create it, and every key of S3 fits, whatever the file system
 * thinks of case and length.
 *
 *   bytes ─► a file with a new name ─► fsync of file and folder ─► one transaction: row + message
 *   small bytes ─────────────────────────────────────────────────► one transaction: row + bytes + message
 *
 * A crash before the transaction leaves a file that no row names; maintenance decides what becomes of it. An object whose
 * bytes are lost (its file is gone, of another size, or no file) is not there for `head` and for `ifAbsent`, so that the
 * same bytes put again heal it; `get` says `OBJECT_LOST`, which is this object's own failure and no outage.
 */
export class EmbeddedObjectStore implements ObjectStore {
  readonly bucket: string;
  readonly #home: BucketHome;

  constructor(home: BucketHome) {
    this.bucket = home.bucket;
    this.#home = home;
  }

  async put(key: string, body: Uint8Array, options: PutObjectOptions = {}): Promise<{ readonly created: boolean }> {
    assertObjectKey(key);
    assertLimit('object bytes', body.byteLength, 0, OBJECT_BYTES_MAX);
    assertObjectMetadata(options.metadata ?? {});
    if (options.ifAbsent === true && (await this.head(key)) !== null) return { created: false };
    if (this.#home.keepsSmallInDatabase && body.byteLength <= SMALL_BLOB_BYTES_MAX)
      return this.#putSmall(key, body, options);
    return this.putStream(key, [body], { ...options, sizeMax: OBJECT_BYTES_MAX });
  }

  async #putSmall(key: string, bytes: Uint8Array, options: PutObjectOptions): Promise<{ readonly created: boolean }> {
    const { files, writer } = this.#home;
    const written = { blob: files.newBlob(), size: bytes.byteLength };
    const { created, discarded } = await writer.run((connection) => {
      const committed = this.#commit(connection, key, written, options);
      if (committed.created) insertSmallBlob(connection, written.blob, bytes);
      return committed;
    });
    if (created) this.#home.announced();
    await this.#discard(discarded);
    return { created };
  }

  /** As `put`, from a stream. `accept` may refuse, by throwing, what was written before it becomes an object. */
  async putStream(key: string, body: BlobBody, options: PutStreamOptions): Promise<{ readonly created: boolean }> {
    const { files, writer } = this.#home;
    const written = await files.write(this.bucket, body, options.sizeMax);
    let committed: Committed;
    try {
      options.accept?.(written);
      committed = await writer.run((connection) => {
        if (!files.isWholeSync(this.bucket, written)) throw uploadLost();
        return this.#commit(connection, key, written, options);
      });
    } catch (thrown) {
      await files.remove(this.bucket, written.blob);
      throw thrown;
    }
    const { created, discarded } = committed;
    if (created) this.#home.announced();
    await this.#discard(discarded);
    return { created };
  }

  async get(key: string, options: GetObjectOptions = {}): Promise<StoredObject> {
    assertObjectKey(key);
    if (options.signal?.aborted === true) throw calledOff(key);
    const { row, bytes } = await this.#open(key);
    return { ...headOf(row), body: await objectBody(bytes, row, options) };
  }

  async head(key: string): Promise<DescribedObject | null> {
    assertObjectKey(key);
    const row = await this.#row(key);
    if (row === null || (await this.#isLost(row))) return null;
    const metadata = await this.#home.connection.read((connection) => selectMetadata(connection, row.blob));
    return { ...headOf(row), metadata };
  }

  async list({ prefix, limit, cursor }: ListObjectsOptions): Promise<Page<ObjectHead>> {
    assertLimit('limit', limit, 1, LIST_OBJECTS_MAX);
    const listing = ['objects', this.bucket, prefix];
    const [after = ''] = decodeCursor(listing, cursor, 1) ?? [];
    const selection = { prefix, after, limit: limit + 1 };
    const rows = await this.#home.connection.read((connection) => selectObjects(connection, this.bucket, selection));
    const items = rows.slice(0, limit).map(headOf);
    const last = items.at(-1);
    return { items, cursor: rows.length > limit && last !== undefined ? encodeCursor(listing, [last.key]) : null };
  }

  async delete(key: string): Promise<void> {
    assertObjectKey(key);
    const file = await this.#home.writer.run((connection) => {
      const found = selectObject(connection, this.bucket, key);
      if (found === null) return null;
      deleteObject(connection, this.bucket, key);
      return this.#releaseBytes(connection, found);
    });
    await this.#discard(file);
  }

  async purge(prefix: string): Promise<number> {
    assertPurgePrefix(prefix);
    let purged = 0;
    for (;;) {
      const selection = { prefix, after: '', limit: PURGED_AT_ONCE };
      const rows = await this.#home.connection.read((connection) => selectObjects(connection, this.bucket, selection));
      for (const { key } of rows) await this.delete(key);
      purged += rows.length;
      if (rows.length < PURGED_AT_ONCE) return purged;
    }
  }

  async presignPut(key: string, options: PresignPutOptions): Promise<PresignedPut> {
    assertObjectKey(key);
    return this.#home.uploads.presign(this.bucket, key, options);
  }

  /** Writes the row, unless the key is taken and must not be. */
  #commit(connection: Connection, key: string, written: WrittenBlob, options: PutObjectOptions): Committed {
    const { clock, announce } = this.#home;
    const { blob, size } = written;
    const before = selectObject(connection, this.bucket, key);
    // Housekeeping of another process found the file and gave it its row.
    if (before?.blob === blob) return { created: true, discarded: null };
    if (before !== null && options.ifAbsent === true && this.#holdsBytesSync(connection, before)) {
      return { created: false, discarded: this.#releaseBytes(connection, { blob }) };
    }
    const object = { key, blob, size, modifiedAt: clock.now(), contentType: options.contentType ?? null };
    putObject(connection, this.bucket, object);
    insertMetadata(connection, blob, options.metadata);
    announce?.(connection, headOf(object));
    return { created: true, discarded: before === null ? null : this.#releaseBytes(connection, before) };
  }

  /** Lets go of a blob: bytes in the database at once; the name of a file otherwise, to be removed afterwards. */
  #releaseBytes(connection: Connection, { blob }: Pick<ObjectRow, 'blob'>): string | null {
    deleteMetadata(connection, blob);
    if (deleteSmallBlob(connection, blob)) return null;
    discardBlob(connection, this.bucket, blob);
    return blob;
  }

  #holdsBytesSync(connection: Connection, row: ObjectRow): boolean {
    return hasSmallBlob(connection, row.blob) || this.#home.files.isWholeSync(this.bucket, row);
  }

  async #isLost(row: ObjectRow): Promise<boolean> {
    const isSmall = await this.#home.connection.read((connection) => hasSmallBlob(connection, row.blob));
    return !isSmall && !(await this.#home.files.isWhole(this.bucket, row));
  }

  async #discard(blob: string | null): Promise<void> {
    if (blob === null) return;
    try {
      await this.#home.files.remove(this.bucket, blob);
    } catch {
      // The write itself is done and durable; maintenance removes the file, or reports what is wrong with the folder.
    }
  }

  /** Its file, once it is known to be one and to have all of its bytes. */
  async #openFile({ key, blob, size }: ObjectRow): Promise<FileHandle> {
    const handle = await this.#home.files.open(this.bucket, blob);
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) throw objectLost(key, 'what lies in its place is no file');
      if (facts.size !== size) throw objectLost(key, `its file has ${facts.size} of ${size} bytes`);
      return handle;
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** Where the whole folder may not be read, the failure is not one object's. */
  async #isFolderRefused(thrown: unknown): Promise<boolean> {
    if (!isRefused(thrown)) return false;
    const directory = this.#home.files.bucketDirectory(this.bucket);
    return access(directory, constants.R_OK | constants.X_OK).then(
      () => false,
      (refused: unknown) => isRefused(refused),
    );
  }

  #row(key: string): Promise<ObjectRow | null> {
    return this.#home.connection.read((connection) => selectObject(connection, this.bucket, key));
  }

  /** Reads the row again when its file went away in between, because the object was replaced or deleted. */
  async #open(key: string): Promise<{ readonly row: ObjectRow; readonly bytes: FileHandle | Uint8Array }> {
    let missing: string | null = null;
    for (;;) {
      const found = await this.#home.connection.read((connection) => {
        const row = selectObject(connection, this.bucket, key);
        return row && { row, bytes: selectSmallBlob(connection, row.blob) };
      });
      if (found === null) throw objectNotFound(this.bucket, key);
      const { row, bytes } = found;
      if (bytes !== null) return { row, bytes };
      try {
        return { row, bytes: await this.#openFile(row) };
      } catch (thrown) {
        if (!isMissing(thrown))
          throw (await this.#isFolderRefused(thrown)) ? toFileError(thrown) : objectFileError(key, thrown);
        if (missing === row.blob) throw objectLost(key, 'its file is missing', thrown);
        missing = row.blob;
      }
    }
  }
}

/** Whether the row was written, and the file that is of no use any more. */
interface Committed {
  readonly created: boolean;
  readonly discarded: string | null;
}

export interface PutStreamOptions extends PutObjectOptions {
  readonly sizeMax: number;
  readonly accept?: (written: WrittenBlob) => void;
}

function headOf({ key, size, modifiedAt }: ObjectHead): ObjectHead {
  return { key, size, modifiedAt };
}

function calledOff(key: string): SlipstreamError {
  return new SlipstreamError('ABORTED', `Reading ${key} was called off.`);
}

function objectNotFound(bucket: string, key: string): SlipstreamError {
  return new SlipstreamError('OBJECT_NOT_FOUND', `There is no object ${key} in ${bucket}.`, {
    details: { bucket, key },
  });
}

function uploadLost(): SlipstreamError {
  return new SlipstreamError(
    'STORE_UNAVAILABLE',
    'The file of the put was moved or changed before it had its row; put it again.',
  );
}
