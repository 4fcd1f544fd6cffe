import type { Page } from './page.ts';

/** One bucket. Keys are UTF-8 paths without `.` and `..` segments; a put is atomic and durable when it resolves. */
export interface ObjectStore {
  readonly bucket: string;

  /** With `ifAbsent`, an object that is there is left as it is and `created` is false. */
  put(key: string, body: Uint8Array, options?: PutObjectOptions): Promise<{ readonly created: boolean }>;

  /** `OBJECT_NOT_FOUND` when there is none. The caller reads the stream to its end or destroys it. */
  get(key: string, options?: GetObjectOptions): Promise<StoredObject>;

  /** With the object's metadata, which a listing does not tell. */
  head(key: string): Promise<DescribedObject | null>;
  /** Sorted by key. */
  list(options: ListObjectsOptions): Promise<Page<ObjectHead>>;
  /** Harmless when there is none. */
  delete(key: string): Promise<void>;
  /**
   * Removes every object whose key begins so, with the earlier versions that a bucket keeps of each: nothing of them can
   * be brought back. Returns how many were there. The prefix ends with an image's id or goes on behind it.
   */
  purge(prefix: string): Promise<number>;

  /** A signed URL for one PUT of exactly these bytes, and only if the key is free; the headers are part of the signature. */
  presignPut(key: string, options: PresignPutOptions): Promise<PresignedPut>;
}

export interface PutObjectOptions {
  readonly ifAbsent?: boolean;
  readonly contentType?: string;
  /** Kept with the object: lower-case names, printable ASCII, at most 2 KB together. Replaced with the object. */
  readonly metadata?: ObjectMetadata;
}

export type ObjectMetadata = Readonly<Record<string, string>>;

export interface GetObjectOptions {
  /** First and last byte, both included, as in HTTP. */
  readonly range?: readonly [number, number];
  readonly signal?: AbortSignal;
}

export interface ObjectHead {
  readonly key: string;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface DescribedObject extends ObjectHead {
  readonly metadata: ObjectMetadata;
}

export interface StoredObject extends ObjectHead {
  readonly body: AsyncIterable<Uint8Array>;
}

export interface ListObjectsOptions {
  readonly prefix: string;
  readonly limit: number;
  readonly cursor?: string | null;
}

export interface PresignPutOptions {
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly contentType: string;
  readonly expiresS: number;
}

export interface PresignedPut {
  readonly method: 'PUT';
  readonly url: string;
  /** To be sent as they are: the signature covers them. */
  readonly headers: Readonly<Record<string, string>>;
}
