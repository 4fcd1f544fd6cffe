import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Size } from '../../layout/page.ts';
import type { Homography } from './perspective.ts';

export const CHANNELS = 3;

/** Rows of red, green and blue bytes. */
export interface Pixels extends Size {
  readonly data: Uint8Array;
}

/** Some 20 ms of work: timers, such as a lease's, are never late by more. */
const ROWS_A_TURN = 64;

/**
 * Lays the part of `source` that `toSource` spans flat, as an image of `size`: each pixel's colour is taken between the
 * four nearest of the source (bilinear); beyond the source's edge the nearest pixel counts.
 */
export async function warpPixels(source: Pixels, size: Size, toSource: Homography): Promise<Pixels> {
  const [a, b, c, d, e, f, g, h] = toSource;
  const data = new Uint8Array(size.width * size.height * CHANNELS);
  let at = 0;
  for (let row = 0; row < size.height; row++) {
    if (row % ROWS_A_TURN === ROWS_A_TURN - 1) await nextTurn();
    // A pixel's colour is that of its middle.
    const y = row + 0.5;
    for (let column = 0; column < size.width; column++) {
      const x = column + 0.5;
      const w = g * x + h * y + 1;
      at = sample(source, (a * x + b * y + c) / w - 0.5, (d * x + e * y + f) / w - 0.5, data, at);
    }
  }
  return { ...size, data };
}

function sample({ data, width, height }: Pixels, x: number, y: number, out: Uint8Array, at: number): number {
  const inX = Math.min(Math.max(x, 0), width - 1);
  const inY = Math.min(Math.max(y, 0), height - 1);
  const left = Math.floor(inX);
  const top = Math.floor(inY);
  const shareX = inX - left;
  const shareY = inY - top;
  const upper = (top * width + left) * CHANNELS;
  const toRight = left + 1 < width ? CHANNELS : 0;
  const lower = top + 1 < height ? upper + width * CHANNELS : upper;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const above = mix(data[upper + channel] ?? 0, data[upper + toRight + channel] ?? 0, shareX);
    const below = mix(data[lower + channel] ?? 0, data[lower + toRight + channel] ?? 0, shareX);
    out[at + channel] = mix(above, below, shareY) + 0.5;
  }
  return at + CHANNELS;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
