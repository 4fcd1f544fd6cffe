import type { Region } from 'node-mac-vision';
import type { Size } from '../../layout/page.ts';

/** Vision shrinks what it reads to a size of its own: a long strip loses its small type where a square keeps it. */
const LONG_RATIO = 2;
const TILE_RATIO = 1.4;
/** Several lines of the largest type on a receipt, so that each line stands whole in one tile at least. */
const OVERLAP_SHARE = 0.15;
/** A receipt twelve tiles long, 17 times as long as wide, is a roll of paper: its tiles grow instead. */
const TILES_MAX = 12;

/** Parts of a long image from top to bottom, each overlapping the next; none where the image is not long. */
export function tilesOf({ width, height }: Size): Region[] {
  if (height < width * LONG_RATIO) return [];
  const wanted = Math.min(1, (width * TILE_RATIO) / height);
  const step = wanted * (1 - OVERLAP_SHARE);
  const count = Math.min(TILES_MAX, Math.ceil((1 - wanted) / step) + 1);
  // Evenly: count tiles of one height that overlap by the same share and end at the bottom.
  const tileHeight = 1 / (1 + (count - 1) * (1 - OVERLAP_SHARE));
  return Array.from({ length: count }, (_, i) => ({
    x: 0,
    y: Math.min(i * tileHeight * (1 - OVERLAP_SHARE), 1 - tileHeight),
    width: 1,
    height: tileHeight,
  }));
}
