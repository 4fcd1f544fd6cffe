import type { FileHandle } from 'node:fs/promises';
import type { GetObjectOptions } from '@slipstream/shared';
import { clipRange } from './range.ts';

/** An object's bytes, or the range that is asked for. Takes the file over: it is closed at the stream's end, or when the range is refused. */
export async function objectBody(
  bytes: FileHandle | Uint8Array,
  size: number,
  { range, signal }: GetObjectOptions,
): Promise<AsyncIterable<Uint8Array>> {
  try {
    const clipped = range === undefined ? null : clipRange(range, size);
    if (!(bytes instanceof Uint8Array)) return bytes.createReadStream({ ...clipped, ...(signal ? { signal } : {}) });
    return inOnePiece(clipped === null ? bytes : bytes.subarray(clipped.start, clipped.end + 1));
  } catch (thrown) {
    if (!(bytes instanceof Uint8Array)) await bytes.close();
    throw thrown;
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}
