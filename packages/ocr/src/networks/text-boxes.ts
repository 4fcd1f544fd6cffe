import type { Point } from '@slipstream/shared';
import { smallestRectangle } from './smallest-rectangle.ts';
import { cornersOf, heightOf, type TextBox, widthOf } from './text-box.ts';

/** The probability of text at each pixel, as detection gives it; rows from the top. */
export interface ProbabilityMap {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels above this are text (the network's training threshold is .3; .2 to .45 differ by .005 of recall). */
const TEXT_MIN = 0.3;
/** A box whose pixels are less sure on average is a pattern. */
const BOX_MEAN_MIN = 0.5;
/** Sides in pixels of the map before growing; smaller is dirt. */
const SIDE_PX_MIN = 3;
/** The network marks the middle of the text: its area over its perimeter, times this, is missing at every side. */
const GROWTH = 1.7;
/** A page of small print has some 1,500. */
const BOXES_MAX = 3_000;

/** The boxes of text, in the map's pixels, in no order. */
export function textBoxes(map: ProbabilityMap): TextBox[] {
  const boxes: TextBox[] = [];
  for (const outline of outlines(map)) {
    const box = smallestRectangle(outline);
    if (Math.min(widthOf(box), heightOf(box)) < SIDE_PX_MIN || meanWithin(map, box) < BOX_MEAN_MIN) continue;
    boxes.push(grown(box));
    if (boxes.length === BOXES_MAX) break;
  }
  return boxes;
}

/**
 * Of each connected patch of text (8 neighbours) the corners of the leftmost and rightmost pixel of every row: all that
 * its hull can touch.
 */
function outlines({ values, width, height }: ProbabilityMap): Point[][] {
  const seen = new Uint8Array(values.length);
  const stack: number[] = [];
  const found: Point[][] = [];
  for (let start = 0; start < values.length; start += 1) {
    if (seen[start] === 1 || (values[start] ?? 0) <= TEXT_MIN) continue;
    seen[start] = 1;
    stack.push(start);
    const rows = new Map<number, [left: number, right: number]>();
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const y = Math.floor(at / width);
      const x = at - y * width;
      const row = rows.get(y);
      if (row === undefined) rows.set(y, [x, x]);
      else if (x < row[0]) row[0] = x;
      else if (x > row[1]) row[1] = x;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny += 1) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx += 1) {
          const next = ny * width + nx;
          if (seen[next] === 1 || (values[next] ?? 0) <= TEXT_MIN) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    found.push(
      [...rows].flatMap(([y, [left, right]]): Point[] => [
        [left, y],
        [left, y + 1],
        [right + 1, y],
        [right + 1, y + 1],
      ]),
    );
  }
  return found;
}

function meanWithin({ values, width, height }: ProbabilityMap, box: TextBox): number {
  const corners = cornersOf(box);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [fromX, toX] = [Math.max(0, Math.floor(Math.min(...xs))), Math.min(width - 1, Math.ceil(Math.max(...xs)))];
  const [fromY, toY] = [Math.max(0, Math.floor(Math.min(...ys))), Math.min(height - 1, Math.ceil(Math.max(...ys)))];
  const [cx, cy] = box.centre;
  const along2 = box.along[0] ** 2 + box.along[1] ** 2;
  const down2 = box.down[0] ** 2 + box.down[1] ** 2;
  let sum = 0;
  let count = 0;
  for (let y = fromY; y <= toY; y += 1) {
    for (let x = fromX; x <= toX; x += 1) {
      const [px, py] = [x + 0.5 - cx, y + 0.5 - cy];
      if (Math.abs(px * box.along[0] + py * box.along[1]) > along2) continue;
      if (Math.abs(px * box.down[0] + py * box.down[1]) > down2) continue;
      sum += values[y * width + x] ?? 0;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function grown(box: TextBox): TextBox {
  const [width, height] = [widthOf(box), heightOf(box)];
  const by = (GROWTH * width * height) / (2 * (width + height));
  const stretch = ([x, y]: Point, side: number): Point => [x * (1 + (2 * by) / side), y * (1 + (2 * by) / side)];
  return { centre: box.centre, along: stretch(box.along, width), down: stretch(box.down, height) };
}
