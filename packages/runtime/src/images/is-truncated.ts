import type { ImageType } from '@slipstream/shared';
import { hasAllGifBlocks } from './headers/gif-end.ts';
import { fourCharacters, viewOf } from './headers/image-header.ts';
import { hasAllTiffParts } from './headers/tiff-end.ts';

/**
 * Whether the file ends before its image does, so that decoders make up the rest of the picture without an error: an
 * upload or a copy that was cut off. False where the format does not say (PDF, XML), and for what follows the
 * image's end, where telephones append previews and films.
 */
export function isTruncated(bytes: Uint8Array, type: ImageType): boolean {
  try {
    return IS_WHOLE[type]?.(bytes) === false;
  } catch (thrown) {
    if (thrown instanceof RangeError) return true; // a length stands beyond the last byte
    throw thrown;
  }
}

const IS_WHOLE: Partial<Record<ImageType, (bytes: Uint8Array) => boolean>> = {
  jpeg: hasEndOfImage,
  png: hasEndChunk,
  webp: (bytes) => viewOf(bytes).getUint32(4, true) + 8 <= bytes.length,
  gif: hasAllGifBlocks,
  tiff: hasAllTiffParts,
  bmp: (bytes) => viewOf(bytes).getUint32(2, true) <= bytes.length,
  heic: hasWholeBoxes,
  avif: hasWholeBoxes,
};

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/**
 * ITU-T T.81, B.1.1.2 and B.1.1.5: in entropy-coded data 0xFF is followed by 0 or a restart marker, so the end marker is
 * the image's own. A preview's lies inside a segment, whose length steps over it.
 */
function hasEndOfImage(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let offset = 2; ; ) {
    const marked = bytes.indexOf(0xff, offset);
    if (marked === -1) return false;
    const marker = view.getUint8(marked + 1);
    if (marker === 0xd9) return true;
    if (marker === START_OF_SCAN)
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(END_OF_IMAGE, marked);
    const hasLength = marker !== 0xff && marker !== 0x00 && marker !== 0x01 && !(marker >= 0xd0 && marker <= 0xd8);
    offset = marked + 1 + (hasLength ? 1 + view.getUint16(marked + 2) : 0);
  }
}

const START_OF_SCAN = 0xda;

const PNG_SIGNATURE_BYTES = 8;
/** Length, type and checksum. */
const PNG_CHUNK_BYTES = 12;

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function hasEndChunk(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let offset = PNG_SIGNATURE_BYTES; ; offset += PNG_CHUNK_BYTES + view.getUint32(offset))
    if (fourCharacters(view, offset + 4) === 'IEND') return true;
}

/** ISO/IEC 14496-12, 4.2: each box says how long it is; 0 is "to the end of the file", 1 "eight bytes further on". */
function hasWholeBoxes(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let offset = 0; offset < bytes.length; ) {
    const short = view.getUint32(offset);
    const length = short === 1 ? Number(view.getBigUint64(offset + 8)) : short;
    if (length === 0) return true;
    if (length < 8) return true; // no box: something that was appended
    offset += length;
    if (offset > bytes.length) return false;
  }
  return true;
}
