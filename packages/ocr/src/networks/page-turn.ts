import type { RgbImage } from '../pictures/rgb-image.ts';
import { cutLine, LINE_HEIGHT_PX } from './cut-line.ts';
import type { Network } from './runtime.ts';
import { heightOf, type TextBox, turned, widthOf } from './text-box.ts';

/** A line this much higher than wide runs up or down the page. */
const SIDEWAYS_RATIO = 1.5;
/** The line-angle network's input. */
const ANGLE_WIDTH_PX = 192;
/** Lines that vote on which side is up: the widest, since a short one looks alike both ways. */
const VOTES = 12;

/**
 * Quarter turns clockwise after which the lines read from left to right and from top to bottom, and how sure the votes
 * are: 0 for a draw, 1 where all agree.
 */
export interface PageTurn {
  readonly turns: 0 | 1 | 2 | 3;
  readonly sureness: number;
}

/** Which way the text of a page runs: by the shape of its boxes, then by the votes of its widest lines. */
export async function pageTurn(angle: Network, image: RgbImage, boxes: readonly TextBox[]): Promise<PageTurn> {
  const isSideways = runsSideways(boxes);
  const level = boxes.map((box) => (isSideways ? turned(box, 1) : box));
  const voters = level.toSorted((a, b) => widthOf(b) - widthOf(a)).slice(0, VOTES);
  if (voters.length === 0) return { turns: 0, sureness: 0 };
  const size = 3 * LINE_HEIGHT_PX * ANGLE_WIDTH_PX;
  const input = new Float32Array(voters.length * size);
  for (const [i, box] of voters.entries()) input.set(padded(image, box), i * size);
  const { values } = await angle.run(input, [voters.length, 3, LINE_HEIGHT_PX, ANGLE_WIDTH_PX]);
  let down = 0;
  for (let vote = 0; vote < voters.length; vote += 1) down += (values[vote * 2 + 1] ?? 0) / voters.length;
  const isDown = down > 0.5;
  const sureness = Math.abs(2 * down - 1);
  if (isSideways) return { turns: isDown ? 3 : 1, sureness };
  return { turns: isDown ? 2 : 0, sureness };
}

/** The box as it is read on a page turned so. One that stands across all others is turned to its own long side. */
export function boxOnPage(box: TextBox, turns: number): TextBox {
  const read = turned(box, turns);
  return heightOf(read) >= SIDEWAYS_RATIO * widthOf(read) ? turned(read, turns === 1 ? 3 : 1) : read;
}

/** By area: long lines count, single letters do not. */
function runsSideways(boxes: readonly TextBox[]): boolean {
  let [upright, sideways] = [0, 0];
  for (const box of boxes) {
    const [width, height] = [widthOf(box), heightOf(box)];
    if (height >= SIDEWAYS_RATIO * width) sideways += height;
    else if (width >= SIDEWAYS_RATIO * height) upright += width;
  }
  return sideways > upright;
}

/** At its own proportions, as far as the input is wide; the rest is grey. */
function padded(image: RgbImage, box: TextBox): Float32Array {
  const own = Math.round((LINE_HEIGHT_PX * widthOf(box)) / Math.max(1, heightOf(box)));
  const { planes, width } = cutLine(image, box, Math.max(1, Math.min(ANGLE_WIDTH_PX, own)));
  const input = new Float32Array(3 * LINE_HEIGHT_PX * ANGLE_WIDTH_PX);
  for (let row = 0; row < 3 * LINE_HEIGHT_PX; row += 1) {
    input.set(planes.subarray(row * width, (row + 1) * width), row * ANGLE_WIDTH_PX);
  }
  return input;
}
