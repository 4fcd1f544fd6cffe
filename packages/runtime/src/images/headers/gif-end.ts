import { EXTENSION, IMAGE, SCREEN_END, TRAILER, tableBytes } from './gif-header.ts';
import { viewOf } from './image-header.ts';

/**
 * Whether all blocks of a GIF are there (GIF89a, appendix A). The trailer may be missing behind the last one, as some
 * encoders leave it away. Throws RangeError where a block ends beyond the file.
 */
export function hasAllGifBlocks(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let images = 0;
  let at = SCREEN_END + tableBytes(view.getUint8(10));
  while (at < view.byteLength) {
    const kind = view.getUint8(at);
    if (kind === IMAGE) {
      images += 1;
      at += 11 + tableBytes(view.getUint8(at + 9));
    } else if (kind === EXTENSION) at += 2;
    else return kind === TRAILER || images > 0; // what follows the last image is no part of it
    for (let length = view.getUint8(at); length !== 0; length = view.getUint8(at)) at += 1 + length;
    at += 1;
  }
  return images > 0;
}
