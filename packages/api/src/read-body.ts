import { SlipstreamError } from '@slipstream/shared';

/**
 * A request's body, read only as far as the limit: a longer one is refused without being held. One whose length is
 * declared is written into its place, so that it is never held twice.
 */
export async function readBody(request: Request, bytesMax: number, imageBytesMax: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > bytesMax) throw tooLarge(bytesMax, imageBytesMax);
  const whole = declared > 0 ? Buffer.allocUnsafe(declared) : null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > bytesMax) throw tooLarge(bytesMax, imageBytesMax);
      if (whole === null || size > declared) chunks.push(chunk);
      else whole.set(chunk, size - chunk.byteLength);
    }
  }
  if (size === 0)
    throw new SlipstreamError(
      'IMAGE_EMPTY',
      'The request has no body; send the image as the body (curl --data-binary @receipt.jpg).',
    );
  if (whole === null) return Buffer.concat(chunks, size);
  if (size === declared) return whole;
  throw new SlipstreamError('REQUEST_INVALID', `The body has ${size} bytes, not the ${declared} that were declared.`);
}

function tooLarge(bytesMax: number, imageBytesMax: number): SlipstreamError {
  const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1);
  const remedy =
    bytesMax < imageBytesMax
      ? `for an image of up to ${megabytes(imageBytesMax)} MB ask for a signed upload with POST /uploads {sha256, size, type}`
      : 'send a smaller version';
  return new SlipstreamError('IMAGE_TOO_LARGE', `At most ${bytesMax} bytes are taken in one request; ${remedy}.`, {
    details: { bytes_max: bytesMax },
  });
}
