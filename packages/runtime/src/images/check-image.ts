import { OCR_PAGES_MAX, SlipstreamError } from '@slipstream/shared';
import { type ImageFacts, inspectImage } from './inspect-image.ts';

/** A photograph of a modern telephone has 2 to 12 MB. */
export const IMAGE_BYTES_MAX = 26_214_400;
/** 48 megapixels are the largest that telephones take; decoded, 60 need some 240 MB. */
export const IMAGE_PIXELS_MAX = 60_000_000;

export interface ImageLimits {
  readonly bytesMax: number;
  readonly pixelsMax: number;
}

export const IMAGE_LIMITS: ImageLimits = { bytesMax: IMAGE_BYTES_MAX, pixelsMax: IMAGE_PIXELS_MAX };

/** The door: what passes it can be decoded without surprise. Throws the IMAGE_ errors, whose messages say what to do. */
export function checkImage(bytes: Uint8Array, limits: ImageLimits = IMAGE_LIMITS): ImageFacts {
  assertImageBytes(bytes.length, limits.bytesMax);
  const facts = inspectImage(bytes);
  if (facts.pages !== undefined && facts.pages > OCR_PAGES_MAX) throw tooManyPages(facts.pages);
  const pixels = facts.width * facts.height;
  if (pixels > limits.pixelsMax) {
    const megapixels = (count: number) => Math.round(count / 1_000_000);
    throw new SlipstreamError(
      'IMAGE_PIXELS_EXCEEDED',
      `The image has ${megapixels(pixels)} megapixels, at most ${megapixels(limits.pixelsMax)} are read; send a smaller version.`,
      { details: { width: facts.width, height: facts.height, pixels_max: limits.pixelsMax } },
    );
  }
  return facts;
}

/** IMAGE_PAGES_EXCEEDED, for files of any type. */
export function tooManyPages(pages: number): SlipstreamError {
  return new SlipstreamError(
    'IMAGE_PAGES_EXCEEDED',
    `The file has ${pages} pages, at most ${OCR_PAGES_MAX} are read; send the pages of the receipt alone.`,
    { details: { pages, pages_max: OCR_PAGES_MAX } },
  );
}

/** IMAGE_TOO_LARGE; can be asked before a download. */
export function assertImageBytes(size: number, bytesMax: number): void {
  if (size <= bytesMax) return;
  const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1);
  throw new SlipstreamError(
    'IMAGE_TOO_LARGE',
    `The file has ${megabytes(size)} MB, at most ${megabytes(bytesMax)} MB are read; send a smaller version.`,
    { details: { size, bytes_max: bytesMax } },
  );
}
