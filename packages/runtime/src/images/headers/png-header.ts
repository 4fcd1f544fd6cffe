import { exifOrientation } from './exif-orientation.ts';
import { DamagedHeaderError, fourCharacters, HEADER_PARTS_MAX, type ImageHeader, viewOf } from './image-header.ts';

const SIGNATURE_BYTES = 8;
const CHUNK_HEADER_BYTES = 8;
const CHECKSUM_BYTES = 4;

/** IHDR, and the eXIf chunk where one stands before the pixels. */
export function pngHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  if (fourCharacters(view, SIGNATURE_BYTES + 4) !== 'IHDR') throw new DamagedHeaderError('IHDR is not first');
  const width = view.getUint32(SIGNATURE_BYTES + CHUNK_HEADER_BYTES);
  const height = view.getUint32(SIGNATURE_BYTES + CHUNK_HEADER_BYTES + 4);
  return { width, height, orientation: pngOrientation(view) };
}

function pngOrientation(view: DataView): number {
  let offset = SIGNATURE_BYTES;
  for (let parts = 0; parts < HEADER_PARTS_MAX && offset + CHUNK_HEADER_BYTES <= view.byteLength; parts += 1) {
    const length = view.getUint32(offset);
    const type = fourCharacters(view, offset + 4);
    const data = offset + CHUNK_HEADER_BYTES;
    if (type === 'IDAT' || data + length > view.byteLength) break;
    if (type === 'eXIf') return exifOrientation(view, data, length);
    offset = data + length + CHECKSUM_BYTES;
  }
  return 1;
}
