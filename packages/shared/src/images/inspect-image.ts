import { imageSize } from 'image-size';
import { SlipstreamError } from '../errors/slipstream-error.ts';
import { fileKind } from './image-signatures.ts';
import type { ImageType } from './image-type.ts';

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
  const { width, height, orientation = 1 } = headerOf(bytes, kind.type);
  const isUpright = orientation < 5;
  return { type: kind.type, width: isUpright ? width : height, height: isUpright ? height : width, orientation };
}

function headerOf(
  bytes: Uint8Array,
  type: ImageType,
): { width: number; height: number; orientation?: number | undefined } {
  let header: ReturnType<typeof imageSize>;
  try {
    header = imageSize(bytes);
  } catch (cause) {
    throw new SlipstreamError(
      'IMAGE_UNREADABLE',
      `The ${type} file's header is damaged; photograph or export it again.`,
      { cause },
    );
  }
  const { width, height, orientation } = header;
  const isWhole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  const isOriented =
    orientation === undefined || (Number.isInteger(orientation) && orientation >= 1 && orientation <= 8);
  if (!isWhole || !isOriented) {
    throw new SlipstreamError(
      'IMAGE_UNREADABLE',
      `The ${type} file's header tells no size; photograph or export it again.`,
    );
  }
  return { width, height, orientation };
}
