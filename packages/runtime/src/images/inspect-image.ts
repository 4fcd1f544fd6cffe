import type { ImageType } from '@slipstream/shared';
import { SlipstreamError } from '@slipstream/shared';
import { bmpHeader } from './headers/bmp-header.ts';
import { gifHeader } from './headers/gif-header.ts';
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
  /** Where there are several: of a TIFF or GIF. A PDF's are counted when it is read. */
  readonly pages?: number;
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
  avif: heicHeader,
  gif: gifHeader,
  bmp: bmpHeader,
  pdf: sizeless,
  xml: sizeless,
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
      `The file is ${kind.other}; send the receipt as a photograph (JPEG, PNG, WebP, TIFF, HEIC, AVIF, GIF, BMP), a PDF or an e-invoice (XML).`,
    );
  }
  const { width, height, orientation, pages = 1 } = headerOf(bytes, kind.type);
  const isUpright = orientation < 5;
  const size = { width: isUpright ? width : height, height: isUpright ? height : width };
  return { type: kind.type, ...size, orientation, ...(pages > 1 && { pages }) };
}

/** Documents: how large their pages are tells whoever opens them. */
function sizeless(): ImageHeader {
  return { width: 1, height: 1, orientation: 1 };
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
