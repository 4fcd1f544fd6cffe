import { type GreyImage, greyOf, sharpOf } from './grey-image.ts';

/** The bounding box of connected dark pixels, in pixels; `x1` and `y1` are one past the last. */
export interface InkComponent {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Dark pixels. */
  readonly area: number;
}

/** Ink is this much darker than the mean around it, of 255: works on faint thermal paper and in shadows alike. */
const INK_CONTRAST = 20;
/** Radius of "around it" in pixels, a little more than a stroke's surroundings. */
const SURROUNDINGS_SIGMA = 10;
/** Runs of ink that are followed; a page of small print has some 100,000, a noisy photograph more. */
const RUNS_MAX = 2_000_000;

/** Letters, mostly; also rules, logos and dirt. */
export async function inkComponents(image: GreyImage): Promise<InkComponent[]> {
  const surroundings = await greyOf(sharpOf(image).blur(SURROUNDINGS_SIGMA));
  return connectRuns(image, surroundings.pixels);
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly label: number;
}

interface Growing {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  area: number;
}

/** Runs of ink a row, joined with the row above where they touch, diagonally too (union-find). */
function connectRuns({ pixels, width, height }: GreyImage, surroundings: Uint8Array): InkComponent[] {
  const parents: number[] = [];
  const boxes: Growing[] = [];
  let above: Run[] = [];
  for (let y = 0; y < height && parents.length < RUNS_MAX; y += 1) {
    const row = inkRuns(pixels, surroundings, y * width, width, parents.length);
    for (const { start, end } of row) {
      boxes.push({ x0: start, y0: y, x1: end, y1: y + 1, area: end - start });
      parents.push(parents.length);
    }
    joinRows(above, row, parents, boxes);
    above = row;
  }
  return boxes.filter((_, label) => parents[label] === label);
}

function inkRuns(pixels: Uint8Array, surroundings: Uint8Array, offset: number, width: number, label: number): Run[] {
  const runs: Run[] = [];
  let start = -1;
  for (let x = 0; x <= width; x += 1) {
    const at = offset + x;
    const isInk = x < width && (pixels[at] ?? 0) < (surroundings[at] ?? 0) - INK_CONTRAST;
    if (isInk && start === -1) start = x;
    if (isInk || start === -1) continue;
    runs.push({ start, end: x, label: label + runs.length });
    start = -1;
  }
  return runs;
}

function joinRows(above: readonly Run[], row: readonly Run[], parents: number[], boxes: Growing[]): void {
  for (let upper = 0, lower = 0; upper < above.length && lower < row.length; ) {
    const one = above[upper];
    const other = row[lower];
    if (one === undefined || other === undefined) return;
    if (one.end >= other.start && other.end >= one.start) join(one.label, other.label, parents, boxes);
    if (one.end < other.end) upper += 1;
    else lower += 1;
  }
}

function join(one: number, other: number, parents: number[], boxes: Growing[]): void {
  const [root, leaf] = [rootOf(one, parents), rootOf(other, parents)].sort((a, b) => a - b);
  if (root === undefined || leaf === undefined || root === leaf) return;
  parents[leaf] = root;
  const into = boxes[root];
  const from = boxes[leaf];
  if (into === undefined || from === undefined) return;
  into.x0 = Math.min(into.x0, from.x0);
  into.x1 = Math.max(into.x1, from.x1);
  into.y0 = Math.min(into.y0, from.y0);
  into.y1 = Math.max(into.y1, from.y1);
  into.area += from.area;
}

function rootOf(label: number, parents: number[]): number {
  let root = label;
  for (let parent = parents[root]; parent !== undefined && parent !== root; parent = parents[root]) root = parent;
  parents[label] = root;
  return root;
}
