import { SlipstreamError } from '@slipstream/shared';

/** A request's body, read only as far as the limit: a longer one is refused without being held. */
export async function readBody(request: Request, bytesMax: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > bytesMax) throw tooLarge(bytesMax);
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > bytesMax) throw tooLarge(bytesMax);
      chunks.push(chunk);
    }
  }
  if (size === 0)
    throw new SlipstreamError(
      'IMAGE_EMPTY',
      'The request has no body; send the image as the body (curl --data-binary @receipt.jpg).',
    );
  return Buffer.concat(chunks, size);
}

function tooLarge(bytesMax: number): SlipstreamError {
  const megabytes = (bytesMax / 1_048_576).toFixed(1);
  return new SlipstreamError(
    'IMAGE_TOO_LARGE',
    `At most ${megabytes} MB are taken in one request; send a smaller version.`,
    {
      details: { bytes_max: bytesMax },
    },
  );
}
