import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ObjectVersion,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
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
  systemClock,
} from '@slipstream/shared';
import type { AwsOptions } from '../aws-options.ts';
import { type AwsCall, callAws } from '../calls/call-aws.ts';
import { REQUEST_MS_MAX } from '../calls/client-config.ts';
import { statusOf } from '../calls/failure-kind.ts';
import { isByteStream, objectBody } from './object-body.ts';
import { presignPut } from './presign-put.ts';
import { makeS3Client } from './s3-client.ts';

/** A slow line still moves this much; a put is given the time for it. */
const UPLOAD_BYTES_PER_MS_MIN = 250;

/** S3 takes no more in one request (Amazon S3 API reference, DeleteObjects). */
const DELETED_AT_ONCE = 1_000;

/** One bucket of S3. */
export class S3ObjectStore implements ObjectStore {
  readonly bucket: string;
  readonly #options: AwsOptions;
  readonly #clock: Clock;
  #made: S3Client | null = null;
  #presigner: S3Client | null = null;

  constructor(bucket: string, options: AwsOptions = {}, clock: Clock = systemClock) {
    this.bucket = bucket;
    this.#options = options;
    this.#clock = clock;
  }

  /**
   * A put whose answer was lost is made again, which changes nothing: with `ifAbsent`, `created` is then false although
   * this call created the object.
   */
  async put(key: string, body: Uint8Array, options: PutObjectOptions = {}): Promise<{ readonly created: boolean }> {
    assertObjectKey(key);
    assertLimit('object bytes', body.byteLength, 0, OBJECT_BYTES_MAX);
    assertObjectMetadata(options.metadata ?? {});
    const command = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentLength: body.byteLength,
      ...(options.contentType ? { ContentType: options.contentType } : {}),
      ...(options.metadata ? { Metadata: options.metadata } : {}),
      ...(options.ifAbsent ? { IfNoneMatch: '*' } : {}),
    });
    const requestTimeout = REQUEST_MS_MAX + Math.ceil(body.byteLength / UPLOAD_BYTES_PER_MS_MIN);
    return this.#call({
      what: `writing the object ${key}`,
      send: async ({ signal }) => {
        try {
          await this.#client.send(command, { abortSignal: signal, requestTimeout });
          return { created: true };
        } catch (thrown) {
          if (options.ifAbsent && statusOf(thrown) === 412) return { created: false };
          throw thrown;
        }
      },
    });
  }

  async get(key: string, { range, signal }: GetObjectOptions = {}): Promise<StoredObject> {
    assertObjectKey(key);
    if (range !== undefined) assertRange(range);
    const what = `reading the object ${key}`;
    if (signal?.aborted) throw new SlipstreamError('ABORTED', `${what} was called off.`);
    const command = new GetObjectCommand({
      Bucket: this.bucket,
      Key: key,
      ...(range === undefined ? {} : { Range: `bytes=${range[0]}-${range[1]}` }),
    });
    const output = await this.#call({
      what,
      ...(signal ? { signal } : {}),
      send: async (attempt) => {
        try {
          return await this.#client.send(command, { abortSignal: attempt.signal });
        } catch (thrown) {
          if (statusOf(thrown) === 416 && range !== undefined) throw noSuchRange(range);
          throw isNoSuchKey(thrown) ? notFound(this.bucket, key, thrown) : thrown;
        }
      },
    });
    const bytes = output.ContentLength ?? 0;
    if (!isByteStream(output.Body)) throw new SlipstreamError('STORE_UNAVAILABLE', `S3 sent no body for ${key}.`);
    return {
      key,
      size: sizeInRange(output.ContentRange) ?? bytes,
      modifiedAt: output.LastModified?.getTime() ?? 0,
      body: objectBody(output.Body, what, bytes, signal),
    };
  }

  /** S3 tells a missing object from a forbidden one only to those who may list the bucket. */
  async head(key: string): Promise<DescribedObject | null> {
    assertObjectKey(key);
    const command = new HeadObjectCommand({ Bucket: this.bucket, Key: key });
    return this.#call({
      what: `looking for the object ${key}`,
      send: async ({ signal }) => {
        try {
          const found = await this.#client.send(command, { abortSignal: signal });
          const { ContentLength: size = 0, LastModified, Metadata: metadata = {} } = found;
          return { key, size, modifiedAt: LastModified?.getTime() ?? 0, metadata };
        } catch (thrown) {
          // An answer to HEAD has no body that would tell a missing bucket from a missing key.
          if (statusOf(thrown) === 404) return null;
          throw thrown;
        }
      },
    });
  }

  async list({ prefix, limit, cursor }: ListObjectsOptions): Promise<Page<ObjectHead>> {
    assertLimit('limit', limit, 1, LIST_OBJECTS_MAX);
    const listing = ['objects', this.bucket, prefix];
    const [after] = decodeCursor(listing, cursor, 1) ?? [];
    const command = new ListObjectsV2Command({
      Bucket: this.bucket,
      MaxKeys: limit,
      ...(prefix ? { Prefix: prefix } : {}),
      ...(after ? { StartAfter: after } : {}),
    });
    const { Contents = [], IsTruncated } = await this.#call({
      what: `listing the bucket ${this.bucket}`,
      send: ({ signal }) => this.#client.send(command, { abortSignal: signal }),
    });
    const items = Contents.map(({ Key = '', Size = 0, LastModified }) => ({
      key: Key,
      size: Size,
      modifiedAt: LastModified?.getTime() ?? 0,
    }));
    const last = items.at(-1);
    return { items, cursor: IsTruncated && last !== undefined ? encodeCursor(listing, [last.key]) : null };
  }

  async delete(key: string): Promise<void> {
    assertObjectKey(key);
    const command = new DeleteObjectCommand({ Bucket: this.bucket, Key: key });
    await this.#call({
      what: `deleting the object ${key}`,
      send: ({ signal }) => this.#client.send(command, { abortSignal: signal }),
    });
  }

  /** A bucket keeps what is deleted as an earlier version: each version goes by itself, and the markers of deletion. */
  async purge(prefix: string): Promise<number> {
    assertPurgePrefix(prefix);
    let purged = 0;
    for (;;) {
      const listing = new ListObjectVersionsCommand({ Bucket: this.bucket, Prefix: prefix });
      const { Versions = [], DeleteMarkers = [] } = await this.#call({
        what: `listing the versions of ${prefix}`,
        send: ({ signal }) => this.#client.send(listing, { abortSignal: signal }),
      });
      // From the beginning each time: what was listed is gone.
      const versions = [...Versions, ...DeleteMarkers];
      if (versions.length === 0) return purged;
      await this.#deleteVersions(prefix, versions);
      purged += Versions.length;
    }
  }

  async #deleteVersions(prefix: string, versions: readonly ObjectVersion[]): Promise<void> {
    for (let from = 0; from < versions.length; from += DELETED_AT_ONCE) {
      const Objects = versions.slice(from, from + DELETED_AT_ONCE).map(({ Key = '', VersionId }) => ({
        Key,
        ...(VersionId === undefined ? {} : { VersionId }),
      }));
      const command = new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await this.#call({
        what: `purging ${prefix}`,
        send: ({ signal }) => this.#client.send(command, { abortSignal: signal }),
      });
      const [first] = Errors;
      if (first === undefined) continue;
      const code = first.Code === 'AccessDenied' ? 'ACCESS_DENIED' : 'STORE_UNAVAILABLE';
      throw new SlipstreamError(code, `S3 did not purge ${first.Key}: ${first.Code} ${first.Message ?? ''}`);
    }
  }

  async presignPut(key: string, options: PresignPutOptions): Promise<PresignedPut> {
    assertObjectKey(key);
    this.#presigner ??= makeS3Client(this.#options, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const presigner = this.#presigner;
    // What the SDK has learned of AWS's time, in case this machine's is wrong.
    const at = new Date(this.#clock.now() + (this.#made?.config.systemClockOffset ?? 0));
    return this.#call({
      what: `signing an upload to ${key}`,
      send: () => presignPut(presigner, this.bucket, key, options, at),
    });
  }

  close(): void {
    this.#made?.destroy();
    this.#presigner?.destroy();
    this.#made = null;
    this.#presigner = null;
  }

  /** Made with the first call, and kept. */
  get #client(): S3Client {
    if (this.bucket === '') {
      throw new SlipstreamError('CONFIGURATION_INVALID', 'A bucket has no name: set RAW_BUCKET and ARTIFACTS_BUCKET.');
    }
    this.#made ??= makeS3Client(this.#options);
    return this.#made;
  }

  #call<T>(call: AwsCall<T>): Promise<T> {
    return callAws(call, { ...this.#options, clock: this.#clock });
  }
}

/** S3 would answer a range that ends before it starts with the whole object. */
function assertRange([start, end]: readonly [number, number]): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end) return;
  throw noSuchRange([start, end]);
}

function noSuchRange([start, end]: readonly [number, number]): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', `The object has no bytes ${start} to ${end}.`);
}

/** Of `bytes 2-4/10`. */
function sizeInRange(contentRange: string | undefined): number | null {
  const size = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return size === undefined ? null : Number(size);
}

function isNoSuchKey(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'NoSuchKey' || thrown.name === 'NotFound');
}

function notFound(bucket: string, key: string, cause: unknown): SlipstreamError {
  return new SlipstreamError('OBJECT_NOT_FOUND', `There is no object ${key} in ${bucket}.`, {
    cause,
    details: { bucket, key },
  });
}
