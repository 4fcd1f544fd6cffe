import { exifOrientation } from './exif-orientation.ts';
import { DamagedHeaderError, fourCharacters, HEADER_PARTS_MAX, type ImageHeader, viewOf } from './image-header.ts';

const START_OF_IMAGE_BYTES = 2;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** ITU-T T.81, table B.1: SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
const NOT_FRAMES: readonly number[] = [0xc4, 0xc8, 0xcc];
const EXIF_PREFIX_BYTES = 6;

/** Segments up to the frame header; the compressed data are never walked through. */
export function jpegHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  let orientation: number | undefined;
  let offset = START_OF_IMAGE_BYTES;
  for (let parts = 0; parts < HEADER_PARTS_MAX; parts += 1) {
    // Stray bytes between segments are skipped, as decoders do.
    const marked = bytes.indexOf(0xff, offset);
    if (marked === -1) break;
    const marker = view.getUint8(marked + 1);
    offset = marked + 1;
    if (marker === 0xff || marker === 0x00 || (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01) continue;
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) break;
    const segment = offset + 1;
    const length = view.getUint16(segment);
    if (length < 2) throw new DamagedHeaderError(`a segment of ${length} bytes`);
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_FRAMES.includes(marker)) {
      return { width: view.getUint16(segment + 5), height: view.getUint16(segment + 3), orientation: orientation ?? 1 };
    }
    if (marker === APP1 && length >= 2 + EXIF_PREFIX_BYTES && fourCharacters(view, segment + 2) === 'Exif') {
      const block = segment + 2 + EXIF_PREFIX_BYTES;
      orientation ??= exifOrientation(view, block, Math.min(segment + length, bytes.length) - block);
    }
    offset = segment + length;
  }
  throw new DamagedHeaderError('no frame header');
}
