import { DamagedHeaderError, type ImageHeader, viewOf } from './image-header.ts';

export const SCREEN_END = 13;
export const EXTENSION = 0x21;
export const IMAGE = 0x2c;
export const TRAILER = 0x3b;
/** More images than this are refused whatever their number; an animation has hundreds. */
const IMAGES_COUNTED_MAX = 1_000;
/** Blocks of 255 bytes: some 16 MB. */
const BLOCKS_MAX = 65_536;

/** The screen's size and how many images follow (GIF89a). A file that ends early has those that began. */
export function gifHeader(bytes: Uint8Array): ImageHeader {
  const view = viewOf(bytes);
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true), orientation: 1 };
  return { ...size, pages: Math.max(1, countImages(view, SCREEN_END + tableBytes(view.getUint8(10)))) };
}

function countImages(view: DataView, from: number): number {
  let images = 0;
  let at = from;
  let blocks = 0;
  while (at < view.byteLength && images < IMAGES_COUNTED_MAX) {
    const kind = view.getUint8(at);
    if (kind === TRAILER) return images;
    if (kind === IMAGE) {
      if (at + 11 > view.byteLength) return images;
      images += 1;
      at += 10 + tableBytes(view.getUint8(at + 9)) + 1;
    } else if (kind === EXTENSION) {
      at += 2;
    } else {
      throw new DamagedHeaderError(`a block of kind ${kind}`);
    }
    for (let length = -1; length !== 0 && at < view.byteLength; at += length + 1) {
      length = view.getUint8(at);
      blocks += 1;
      if (blocks > BLOCKS_MAX) return images;
    }
  }
  return images;
}

/** Of the colour table that a packed field announces. */
export function tableBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}
