import type { ImageType } from '@slipstream/shared';
import { SlipstreamError } from '@slipstream/shared';
import { heicHeader } from './headers/heic-header.ts';
import { DamagedHeaderError, type ImageHeader } from './headers/image-header.ts';
import { jpegHeader } from './headers/jpeg-header.ts';
import { pngHeader } from './headers/png-header.ts';
import { tiffHeader } from './headers/tiff-header.ts';
import { webpHeader } from './headers/webp-header.ts';
import { fileKind } from './image-signatures.ts';

/** An image as its header tells; nothing is decoded. */
export interface ImageFacts {
  readonly type: ImageType;
  /** Pixels of the upright image. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 5 to 8 lie on their side. */
  readonly orientation: number;
}

/**
 * The readers are our own because what comes here is hostile: image-size 2.1 reads past a Buffer's slice into its pool,
 * steps through 25 MB of zeros byte by byte, and knows the orientation of JPEG alone.
 */
const HEADER_READERS: Readonly<Record<ImageType, (bytes: Uint8Array) => ImageHeader>> = {
  jpeg: jpegHeader,
  png: pngHeader,
  webp: webpHeader,
  tiff: tiffHeader,
  heic: heicHeader,
};

/**
 * Reads an image's header. IMAGE_EMPTY, IMAGE_TYPE_UNSUPPORTED (decided by content), or IMAGE_UNREADABLE when the
 * header is damaged.
 */
export function inspectImage(bytes: Uint8Array): ImageFacts {
  if (bytes.length === 0) throw new SlipstreamError('IMAGE_EMPTY', 'The file is empty; photograph or export it again.');
  const kind = fileKind(bytes);
  if ('other' in kind) {
    throw new SlipstreamError(
      'IMAGE_TYPE_UNSUPPORTED',
      `The file is ${kind.other}; send a JPEG, PNG, WebP, TIFF or HEIC image of the receipt.`,
    );
  }
  const { width, height, orientation } = headerOf(bytes, kind.type);
  const isUpright = orientation < 5;
  return { type: kind.type, width: isUpright ? width : height, height: isUpright ? height : width, orientation };
}

function headerOf(bytes: Uint8Array, type: ImageType): ImageHeader {
  try {
    const header = HEADER_READERS[type](bytes);
    if (header.width === 0 || header.height === 0) throw new DamagedHeaderError('a side of no pixels');
    return header;
  } catch (cause) {
    if (!(cause instanceof RangeError || cause instanceof DamagedHeaderError)) throw cause;
    throw new SlipstreamError(
      'IMAGE_UNREADABLE',
      `The ${type.toUpperCase()} file's header is damaged or cut off; photograph or export it again.`,
      { cause },
    );
  }
}
