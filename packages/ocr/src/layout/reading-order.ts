import { type FramedLine, typicalHeight } from './text-frame.ts';

/** Boxes whose middles are closer than this share of the type's height stand in one row. */
const SAME_ROW_SHARE = 0.5;

/** Row by row from the top, and in a row from the left. */
export function inReadingOrder(lines: readonly FramedLine[]): FramedLine[] {
  const reach = typicalHeight(lines) * SAME_ROW_SHARE;
  const rows: FramedLine[][] = [];
  let rowCentre = Number.NEGATIVE_INFINITY;
  for (const line of lines.toSorted((a, b) => a.centre[1] - b.centre[1])) {
    const row = rows.at(-1);
    if (row && line.centre[1] - rowCentre < reach) row.push(line);
    else rows.push([line]);
    // The row's middle moves along with it: a slanted row stays one row.
    const current = rows.at(-1) ?? [];
    rowCentre = current.reduce((sum, { centre }) => sum + centre[1], 0) / current.length;
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.box.left - b.box.left));
}
