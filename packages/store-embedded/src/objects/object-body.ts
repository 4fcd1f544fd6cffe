import type { FileHandle } from 'node:fs/promises';
import type { GetObjectOptions } from '@slipstream/shared';
import { objectFileError } from './object-lost.ts';
import { clipRange } from './range.ts';

/** An object's bytes, or the range that is asked for. Takes the file over: it is closed at the stream's end, or when the range is refused. */
export async function objectBody(
  bytes: FileHandle | Uint8Array,
  { key, size }: { readonly key: string; readonly size: number },
  { range, signal }: GetObjectOptions,
): Promise<AsyncIterable<Uint8Array>> {
  try {
    const clipped = range === undefined ? null : clipRange(range, size);
    if (bytes instanceof Uint8Array) {
      return inOnePiece(clipped === null ? bytes : bytes.subarray(clipped.start, clipped.end + 1));
    }
    return readable(key, bytes.createReadStream({ ...clipped, ...(signal ? { signal } : {}) }));
  } catch (thrown) {
    if (!(bytes instanceof Uint8Array)) await bytes.close();
    throw thrown;
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}

/** The stream, whose failures say whose they are. */
function readable(key: string, stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => {
      const chunks = stream[Symbol.asyncIterator]();
      const next = async (...args: [] | [unknown]) => {
        try {
          return await chunks.next(...args);
        } catch (thrown) {
          throw objectFileError(key, thrown);
        }
      };
      return { next, ...(chunks.return ? { return: chunks.return.bind(chunks) } : {}) };
    },
  };
}
