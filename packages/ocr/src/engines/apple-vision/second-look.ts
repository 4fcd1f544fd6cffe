import type { OcrLine, Point, Quad } from '@slipstream/shared';
import { areaOf, type Size, toPixels } from '../../layout/page.ts';
import { isConvex } from './perspective.ts';

/** A sheet that fills more of the image is read at nearly full size already. */
const SMALL_SHARE_MAX = 0.5;
/** Vision reads slanted lines, but their boxes grow and rows run together. */
const TILT_DEG_MAX = 6;
/** Less is a stamp or a wrong guess. */
const SHARE_MIN = 0.01;
/** Segmentation cuts a little too close. */
const MARGIN_SHARE = 0.02;
/** Two readings of the same text differ by as much as this by chance. */
const EVIDENCE_SHARE_MIN = 0.95;

/** Whether the sheet is worth being cut out, laid flat and read again. */
export function deservesSecondLook(sheet: Quad, image: Size): boolean {
  const share = areaOf(sheet);
  if (!isConvex(sheet) || share < SHARE_MIN) return false;
  const [topLeft, topRight] = toPixels(sheet, image);
  const tilt_deg = Math.abs((Math.atan2(topRight[1] - topLeft[1], topRight[0] - topLeft[0]) * 180) / Math.PI);
  return share < SMALL_SHARE_MAX || tilt_deg > TILT_DEG_MAX;
}

/** The sheet, a little larger, but within the image. */
export function withMargin(sheet: Quad): Quad {
  const middle: Point = [mean(sheet.map(([x]) => x)), mean(sheet.map(([, y]) => y))];
  const grown = ([x, y]: Point): Point => [grow(middle[0], x), grow(middle[1], y)];
  const [a, b, c, d] = sheet;
  return [grown(a), grown(b), grown(c), grown(d)];
}

/**
 * The reading of a sheet to keep. The flat one has the better boxes, so it wins unless it has clearly less to show:
 * characters, weighed by how sure Vision is of them.
 */
export function betterReading(askew: readonly OcrLine[], flat: readonly OcrLine[]): 'askew' | 'flat' {
  return flat.length > 0 && evidenceOf(flat) >= evidenceOf(askew) * EVIDENCE_SHARE_MIN ? 'flat' : 'askew';
}

function evidenceOf(lines: readonly OcrLine[]): number {
  return lines.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
}

/** Parts the lines by whether their middle stands on the sheet. */
export function onSheet(lines: readonly OcrLine[], sheet: Quad): { on: OcrLine[]; off: OcrLine[] } {
  const on: OcrLine[] = [];
  const off: OcrLine[] = [];
  for (const line of lines) {
    const [a, , c] = line.quad;
    (contains(sheet, [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2]) ? on : off).push(line);
  }
  return { on, off };
}

function contains(convex: Quad, [x, y]: Point): boolean {
  const sides = convex.map(([x0, y0], i) => {
    const [x1, y1] = convex[(i + 1) % 4] ?? [0, 0];
    return (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
  });
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0);
}

function grow(middle: number, coordinate: number): number {
  return Math.min(1, Math.max(0, middle + (coordinate - middle) * (1 + 2 * MARGIN_SHARE)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
