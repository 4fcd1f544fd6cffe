import { SlipstreamError } from '@slipstream/shared';
import type { RgbImage } from '../pictures/rgb-image.ts';

const FILE_HEADER_BYTES = 14;
const CORE_HEADER_BYTES = 12;
const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;
/** Bits a pixel that screenshots and scanners write. */
const DEPTHS = [1, 4, 8, 24, 32];

/**
 * Uncompressed Windows bitmaps of 1, 4, 8, 24 and 32 bits. IMAGE_UNREADABLE for those that end early, and for compressed
 * ones, which nothing has written for decades.
 */
export function decodeBmp(bytes: Uint8Array): RgbImage {
  try {
    return decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw unreadable('damaged or cut off', cause);
  }
}

function decode(view: DataView): RgbImage {
  const headerBytes = view.getUint32(14, true);
  const isCore = headerBytes === CORE_HEADER_BYTES;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const storedHeight = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const depth = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? UNCOMPRESSED : view.getUint32(30, true);
  const isFields = compression === BIT_FIELDS && depth === 32;
  if (!DEPTHS.includes(depth) || !(compression === UNCOMPRESSED || isFields)) {
    throw unreadable(`of a kind that is not read (${depth} bits a pixel, compression ${compression})`);
  }
  const height = Math.abs(storedHeight);
  const rowBytes = Math.ceil((width * depth) / 32) * 4;
  const start = view.getUint32(10, true);
  if (width <= 0 || height === 0 || start + rowBytes * height > view.byteLength) throw new RangeError('too short');
  const palette = FILE_HEADER_BYTES + headerBytes;
  const entryBytes = isCore ? 3 : 4;
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const from = start + rowBytes * (storedHeight > 0 ? height - 1 - row : row);
    for (let column = 0; column < width; column += 1) {
      const at =
        depth >= 24
          ? from + column * (depth / 8)
          : palette + entryBytes * indexAt(view.getUint8(from + ((column * depth) >> 3)), column, depth);
      const to = (row * width + column) * 3;
      pixels[to] = view.getUint8(at + 2);
      pixels[to + 1] = view.getUint8(at + 1);
      pixels[to + 2] = view.getUint8(at);
    }
  }
  return { pixels, width, height };
}

/** The palette's index of a pixel in its byte; the first pixel has the highest bits. */
function indexAt(byte: number, column: number, depth: number): number {
  const inByte = column % (8 / depth);
  return (byte >> (8 - depth * (inByte + 1))) & (2 ** depth - 1);
}

function unreadable(what: string, cause?: unknown): SlipstreamError {
  return new SlipstreamError('IMAGE_UNREADABLE', `The BMP file is ${what}; save it as PNG or JPEG.`, { cause });
}
