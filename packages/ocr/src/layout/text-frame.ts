import type { OcrLine, Point } from '@slipstream/shared';
import { type Box, boxOf, distance, median, type Size, toPixels } from './page.ts';

/** A line in a frame whose x runs along the text and whose y runs down the page, in pixels, however the paper lies. */
export interface FramedLine {
  readonly line: OcrLine;
  readonly box: Box;
  readonly centre: Point;
  /** Of its type. */
  readonly height: number;
}

/** Turns all lines by the direction in which most of the text runs, so that a tilted receipt has level rows. */
export function frameLines(lines: readonly OcrLine[], image: Size): FramedLine[] {
  const quads = lines.map(({ quad }) => toPixels(quad, image));
  // Long lines tell the direction best: sums of vectors weigh them by their length.
  let along: Point = [0, 0];
  for (const [topLeft, topRight] of quads)
    along = [along[0] + topRight[0] - topLeft[0], along[1] + topRight[1] - topLeft[1]];
  const length = Math.hypot(...along);
  const [cos, sin] = length === 0 ? [1, 0] : [along[0] / length, along[1] / length];
  const turn = ([x, y]: Point): Point => [x * cos + y * sin, y * cos - x * sin];
  return lines.map((line, i) => {
    const [a, b, c, d] = quads[i] ?? toPixels(line.quad, image);
    const box = boxOf([turn(a), turn(b), turn(c), turn(d)]);
    const centre: Point = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return { line, box, centre, height: (distance(a, d) + distance(b, c)) / 2 };
  });
}

export function typicalHeight(lines: readonly FramedLine[]): number {
  return median(lines.map(({ height }) => height));
}
