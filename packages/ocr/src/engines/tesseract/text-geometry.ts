import type { InkComponent } from './ink-components.ts';

/** One way in which the lines of an image may run. */
export interface TextDirection {
  /** The lines run up or down the image: it has to be turned by 90 or 270 degrees. */
  readonly sideways: boolean;
  /** Degrees clockwise by which the lines are tilted, -15 to 15; of the image turned by 90 where it is `sideways`. */
  readonly tilt_deg: number;
  /** Median height of a letter in pixels. */
  readonly letter_height_px: number;
}

const LETTER_HEIGHT_PX_MIN = 5;
const LETTER_HEIGHT_PX_MAX = 120;
const LETTER_WIDTH_PX_MIN = 3;
/** Fewer than these are dirt, not text. */
const LETTERS_MIN = 20;
const TILT_DEG_MAX = 15;
const TILT_STEP_DEG = 0.25;
/** Letters whose neighbours are looked for; each is compared with all. */
const NEIGHBOUR_QUERIES_MAX = 400;

type Centre = readonly [x: number, y: number];

/** Told from the letters before anything is read: both directions, the likelier one first; none where there is no text. */
export function textDirections(components: readonly InkComponent[]): TextDirection[] {
  const letters = components.filter(isLetter);
  if (letters.length < LETTERS_MIN) return [];
  const sideways = runsSideways(letters);
  return [directionOf(letters, sideways), directionOf(letters, !sideways)];
}

function directionOf(letters: readonly InkComponent[], sideways: boolean): TextDirection {
  const letter_height_px = median(letters.map((box) => (sideways ? box.x1 - box.x0 : box.y1 - box.y0)));
  // Turned by 90 degrees clockwise, the point (x, y) comes to (-y, x).
  const centres = letters.map((box): Centre => {
    const [x, y] = centreOf(box);
    return sideways ? [-y, x] : [x, y];
  });
  return { sideways, tilt_deg: sharpestTilt(centres, Math.max(2, letter_height_px / 4)), letter_height_px };
}

/** Neither dots nor rules nor logos. */
export function isLetter({ x0, y0, x1, y1, area }: InkComponent): boolean {
  const short = Math.min(x1 - x0, y1 - y0);
  const long = Math.max(x1 - x0, y1 - y0);
  return (
    long >= LETTER_HEIGHT_PX_MIN &&
    long <= LETTER_HEIGHT_PX_MAX &&
    short >= LETTER_WIDTH_PX_MIN &&
    short >= long / 4 &&
    area >= 0.15 * short * long
  );
}

/**
 * A letter's nearest neighbour stands in its own line: letters are set closer than lines (docstrum; O'Gorman 1993).
 * Unlike the sharpness of rows this also holds for tills that print on a grid, whose columns are as sharp as their rows.
 */
function runsSideways(letters: readonly InkComponent[]): boolean {
  const step = Math.ceil(letters.length / NEIGHBOUR_QUERIES_MAX);
  let along = 0;
  let across = 0;
  for (let index = 0; index < letters.length; index += step) {
    const letter = letters[index];
    if (letter === undefined) break;
    const [dx, dy] = nearestNeighbour(letter, letters);
    if (dx > dy) along += 1;
    else across += 1;
  }
  return across > along;
}

/** The distances, sideways and downwards, to the nearest letter's centre. */
function nearestNeighbour(letter: InkComponent, letters: readonly InkComponent[]): [dx: number, dy: number] {
  const [x, y] = centreOf(letter);
  let nearest: [number, number] = [0, 0];
  let shortest = Number.POSITIVE_INFINITY;
  for (const other of letters) {
    if (other === letter) continue;
    const [otherX, otherY] = centreOf(other);
    const [dx, dy] = [Math.abs(otherX - x), Math.abs(otherY - y)];
    const distance = dx * dx + dy * dy;
    if (distance >= shortest) continue;
    shortest = distance;
    nearest = [dx, dy];
  }
  return nearest;
}

/**
 * The tilt at which the letters' centres fall into the fewest, fullest rows: the largest sum of squares of a histogram
 * across the lines (projection profile; Postl 1986).
 */
function sharpestTilt(centres: readonly Centre[], bin: number): number {
  let best = { tilt_deg: 0, sharpness: sharpnessAt(0, centres, bin) };
  for (let tilt_deg = -TILT_DEG_MAX; tilt_deg <= TILT_DEG_MAX; tilt_deg += TILT_STEP_DEG) {
    const sharpness = sharpnessAt(tilt_deg, centres, bin);
    if (sharpness > best.sharpness) best = { tilt_deg, sharpness };
  }
  return best.tilt_deg;
}

function sharpnessAt(tilt_deg: number, centres: readonly Centre[], bin: number): number {
  const radians = (tilt_deg * Math.PI) / 180;
  const rows = new Map<number, number>();
  for (const [x, y] of centres) {
    const row = Math.round((y * Math.cos(radians) - x * Math.sin(radians)) / bin);
    rows.set(row, (rows.get(row) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of rows.values()) sum += count * count;
  return sum;
}

function centreOf({ x0, y0, x1, y1 }: InkComponent): [x: number, y: number] {
  return [(x0 + x1) / 2, (y0 + y1) / 2];
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
