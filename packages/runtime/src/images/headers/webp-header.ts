import { exifOrientation } from './exif-orientation.ts';
import { DamagedHeaderError, fourCharacters, HEADER_PARTS_MAX, type ImageHeader, viewOf } from './image-header.ts';

const FIRST_CHUNK = 12;
const CHUNK_HEADER_BYTES = 8;
const FIRST_DATA = FIRST_CHUNK + CHUNK_HEADER_BYTES;
const LOSSLESS_SIGNATURE = 0x2f;
/** RFC 6386, 9.1: the key frame's start code. */
const START_CODE = 0x9d012a;

/** RFC 9649: the first chunk says which of the three layouts it is. */
export function webpHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  const layout = fourCharacters(view, FIRST_CHUNK);
  if (layout === 'VP8X') return extendedHeader(view);
  if (layout === 'VP8L') return losslessHeader(view);
  if (layout === 'VP8 ') return lossyHeader(view);
  throw new DamagedHeaderError('no VP8 chunk');
}

/** A frame tag of three bytes, the start code, then 14 bits a side. */
function lossyHeader(view: DataView): ImageHeader {
  if ((view.getUint32(FIRST_DATA + 2) & 0xffffff) !== START_CODE) throw new DamagedHeaderError('no key frame');
  return {
    width: view.getUint16(FIRST_DATA + 6, true) & 0x3fff,
    height: view.getUint16(FIRST_DATA + 8, true) & 0x3fff,
    orientation: 1,
  };
}

/** 14 bits a side, each one less than the side. */
function losslessHeader(view: DataView): ImageHeader {
  if (view.getUint8(FIRST_DATA) !== LOSSLESS_SIGNATURE) throw new DamagedHeaderError('no lossless signature');
  const bits = view.getUint32(FIRST_DATA + 1, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), orientation: 1 };
}

/** The canvas, 24 bits a side; EXIF comes in a chunk behind the pixels. */
function extendedHeader(view: DataView): ImageHeader {
  const side = (offset: number) => 1 + (view.getUint32(offset, true) & 0xffffff);
  return {
    width: side(FIRST_DATA + 4),
    height: 1 + (view.getUint32(FIRST_DATA + 6, true) >>> 8),
    orientation: webpOrientation(view),
  };
}

function webpOrientation(view: DataView): number {
  let offset = FIRST_CHUNK;
  for (let parts = 0; parts < HEADER_PARTS_MAX && offset + CHUNK_HEADER_BYTES <= view.byteLength; parts += 1) {
    const length = view.getUint32(offset + 4, true);
    const data = offset + CHUNK_HEADER_BYTES;
    if (data + length > view.byteLength) break;
    if (fourCharacters(view, offset) === 'EXIF') {
      // Some writers keep JPEG's prefix.
      const prefix = length >= 6 && fourCharacters(view, data) === 'Exif' ? 6 : 0;
      return exifOrientation(view, data + prefix, length - prefix);
    }
    offset = data + length + (length % 2);
  }
  return 1;
}
