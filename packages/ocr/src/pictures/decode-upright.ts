import { type ImageType, SlipstreamError } from '@slipstream/shared';
import sharp, { type Sharp } from 'sharp';
import type { EngineImage } from './engine-image.ts';

/** Decoded pixels that are worked on; more say nothing more about text (an A4 page at 400 dpi has 15.5 million). */
export const WORKING_PIXELS_MAX = 16_000_000;

/**
 * What `finish` makes of the upright image on white paper. ENGINE_CANNOT_READ_TYPE for HEIC, whose decoder is patented
 * and not part of sharp; IMAGE_UNREADABLE for what is damaged, and for what ends early: half a receipt is worse than none.
 */
export async function decodeUpright<T>(
  image: EngineImage,
  reader: string,
  finish: (upright: Sharp) => Promise<T>,
): Promise<T> {
  if (image.type === 'heic') {
    throw new SlipstreamError(
      'ENGINE_CANNOT_READ_TYPE',
      `${reader} cannot read HEIC. Run the agent on a Mac, where Apple Vision reads it, or convert the image to JPEG.`,
    );
  }
  const shrink = Math.min(1, Math.sqrt(WORKING_PIXELS_MAX / (image.width * image.height)));
  try {
    // Damage in the middle of a JPEG is only a warning to libjpeg, which goes on with grey blocks. The other decoders
    // report it as an error, and libtiff warns of every private tag that a scanner writes.
    const failOn = image.type === 'jpeg' ? 'warning' : 'error';
    const upright = sharp(image.bytes, { failOn, limitInputPixels: image.width * image.height })
      .autoOrient()
      .flatten({ background: 'white' });
    return await finish(shrink < 1 ? upright.resize({ width: Math.round(image.width * shrink) }) : upright);
  } catch (cause) {
    throw unreadableFile(image.type, cause);
  }
}

export function unreadableFile(type: ImageType, cause: unknown): SlipstreamError {
  return new SlipstreamError(
    'IMAGE_UNREADABLE',
    `The ${type.toUpperCase()} file is damaged or cut off (${firstLine(cause)}); photograph or export it again.`,
    { cause },
  );
}

function firstLine(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1)[0] ?? '';
}
