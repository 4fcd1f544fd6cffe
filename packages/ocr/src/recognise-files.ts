import { assertImageBytes, checkImage, type ImageLimits, readRegularFile, sha256Hex } from '@slipstream/runtime';
import { imageIdOf, type OcrDocument, SlipstreamError } from '@slipstream/shared';
import type { OcrEngine } from './engines/engine.ts';

export type RecognisedFile =
  | { readonly file: string; readonly document: OcrDocument; readonly duration_ms: number }
  | { readonly file: string; readonly error: SlipstreamError };

/**
 * Reads image files with an engine, as many at once as it reads, and yields them in their order. What fails with one
 * file is its own result; only the signal ends them all.
 */
export async function* recogniseFiles(
  files: readonly string[],
  engine: OcrEngine,
  limits: ImageLimits,
  signal: AbortSignal,
): AsyncGenerator<RecognisedFile> {
  const ahead: Promise<RecognisedFile>[] = [];
  for (const file of files) {
    ahead.push(recogniseFile(file, engine, limits, signal));
    if (ahead.length > engine.concurrency) yield* next(ahead);
  }
  while (ahead.length > 0) yield* next(ahead);
}

async function* next(ahead: Promise<RecognisedFile>[]): AsyncGenerator<RecognisedFile> {
  const first = ahead.shift();
  if (first !== undefined) yield await first;
}

/** Never rejects. */
export async function recogniseFile(
  file: string,
  engine: OcrEngine,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<RecognisedFile> {
  const startedAt = performance.now();
  try {
    const bytes = await readImage(file, limits);
    const facts = checkImage(bytes, limits);
    const sha256 = sha256Hex(bytes);
    const document = await engine.recognise({ image_id: imageIdOf(sha256), bytes, sha256, ...facts }, signal);
    return { file, document, duration_ms: performance.now() - startedAt };
  } catch (thrown) {
    return { file, error: SlipstreamError.from(thrown) };
  }
}

/** One that is too large is refused by its size; a link, a pipe or a device is never read. */
async function readImage(file: string, limits: ImageLimits): Promise<Uint8Array> {
  const { bytes } = await readRegularFile(file, limits.bytesMax);
  assertImageBytes(bytes.byteLength, limits.bytesMax);
  return bytes;
}
