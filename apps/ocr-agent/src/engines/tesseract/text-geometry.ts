import type { InkComponent } from './ink-components.ts';

/** How the text stands on an image, told from its letters before anything is read. */
export interface TextGeometry {
  /** Median height of a letter in pixels, null where there is hardly any text. */
  readonly letter_height_px: number | null;
  /** The lines run up or down the image: it has to be turned by 90 or 270 degrees. */
  readonly sideways: boolean;
  /** Degrees clockwise by which the lines are tilted, -15 to 15; of the image turned by 90 where it is `sideways`. */
  readonly tilt_deg: number;
}

const LETTER_HEIGHT_PX_MIN = 5;
const LETTER_HEIGHT_PX_MAX = 120;
const LETTER_WIDTH_PX_MIN = 3;
/** Fewer than these are dirt, not text. */
const LETTERS_MIN = 20;
const TILT_DEG_MAX = 15;
const TILT_STEP_DEG = 0.25;

/** Pure: letters' boxes in, geometry out. */
export function textGeometry(components: readonly InkComponent[]): TextGeometry {
  const letters = components.filter(isLetter);
  if (letters.length < LETTERS_MIN) return { letter_height_px: null, sideways: false, tilt_deg: 0 };
  const bin = Math.max(2, median(letters.map((box) => box.y1 - box.y0)) / 4);
  const level = sharpestTilt(
    letters.map((box) => [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2] as const),
    bin,
  );
  const upended = sharpestTilt(
    letters.map((box) => [-(box.y0 + box.y1) / 2, (box.x0 + box.x1) / 2] as const),
    bin,
  );
  // Letters are taller than wide, and lines sharper along than across. Neither is sure alone; over the receipts that this
  // was measured on, their product lay between 0.2 and 0.8 for upright text and above 1.3 for sideways text.
  const aspect = median(letters.map((box) => (box.x1 - box.x0) / (box.y1 - box.y0)));
  const sideways = (upended.sharpness / level.sharpness) * aspect > 1;
  return {
    letter_height_px: median(letters.map((box) => (sideways ? box.x1 - box.x0 : box.y1 - box.y0))),
    tilt_deg: sideways ? upended.tilt_deg : level.tilt_deg,
    sideways,
  };
}

/** Neither dots nor rules nor logos. */
function isLetter({ x0, y0, x1, y1, area }: InkComponent): boolean {
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

interface Tilt {
  readonly tilt_deg: number;
  readonly sharpness: number;
}

/**
 * The tilt at which the letters' centres fall into the fewest, fullest rows: the sum of squares of a histogram across
 * the lines (projection profile; Postl 1986).
 */
function sharpestTilt(centres: readonly (readonly [number, number])[], bin: number): Tilt {
  let best: Tilt = { tilt_deg: 0, sharpness: sharpnessAt(0, centres, bin) };
  for (let tilt_deg = -TILT_DEG_MAX; tilt_deg <= TILT_DEG_MAX; tilt_deg += TILT_STEP_DEG) {
    const sharpness = sharpnessAt(tilt_deg, centres, bin);
    if (sharpness > best.sharpness) best = { tilt_deg, sharpness };
  }
  return best;
}

function sharpnessAt(tilt_deg: number, centres: readonly (readonly [number, number])[], bin: number): number {
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
