import { SlipstreamError } from '@slipstream/shared';
import { toStoreError } from '../calls/to-store-error.ts';

/** An object's bytes as they arrive; a connection that breaks, or ends early, is an error of ours and no short object. */
export async function* objectBody(
  body: AsyncIterable<Uint8Array>,
  what: string,
  bytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const chunk of body) {
      received += chunk.byteLength;
      yield chunk;
    }
  } catch (thrown) {
    if (signal?.aborted) throw new SlipstreamError('ABORTED', `${what} was called off.`, { cause: thrown });
    throw toStoreError(thrown, `${what} broke off after ${received} of ${bytes} bytes`);
  }
  if (received === bytes) return;
  throw new SlipstreamError(
    'STORE_UNAVAILABLE',
    `${what} ended after ${received} of ${bytes} bytes; it is tried again.`,
  );
}

export function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
