/** A blob's name is a UUIDv7. */
const BLOB_NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Of a file whose bytes are not all on the disk yet. */
export const UNFINISHED_SUFFIX = '.part';

export interface BlobFileName {
  readonly blob: string;
  readonly isFinished: boolean;
}

/** null for a file that is none of ours. */
export function parseBlobFileName(name: string): BlobFileName | null {
  const isFinished = !name.endsWith(UNFINISHED_SUFFIX);
  const blob = isFinished ? name : name.slice(0, -UNFINISHED_SUFFIX.length);
  return BLOB_NAME.test(blob) ? { blob, isFinished } : null;
}

/** Milliseconds since the epoch, the first 48 bits of a UUIDv7. */
export function blobTime(blob: string): number {
  return Number.parseInt(blob.replaceAll('-', '').slice(0, 12), 16);
}

export function dayOfBlob(blob: string): string {
  return new Date(blobTime(blob)).toISOString().slice(0, 10);
}
