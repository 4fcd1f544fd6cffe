import type { OcrLine } from '@slipstream/shared';
import { type Box, boxOf } from '../../layout/page.ts';

/** Two readings of one line share most of the smaller box; neighbouring lines share a sliver. */
const SAME_LINE_OVERLAP_MIN = 0.5;

/**
 * The lines of several readings of the same paper, each once. Where two readings saw the same line, the longer text
 * stays: a line that a tile's edge cut is always the shorter one. Earlier readings win ties.
 */
export function mergeReadings(readings: readonly (readonly OcrLine[])[]): OcrLine[] {
  let merged: Boxed[] = [];
  for (const reading of readings) merged = mergeTwo(merged, reading.map(boxed));
  return merged.map(({ line }) => line);
}

interface Boxed {
  readonly line: OcrLine;
  readonly box: Box;
}

function boxed(line: OcrLine): Boxed {
  return { line, box: boxOf(line.quad) };
}

/** A line that one reading broke into several stands against all of them together. */
function mergeTwo(known: readonly Boxed[], added: readonly Boxed[]): Boxed[] {
  const dropped = new Set<Boxed>();
  const kept = added.filter((candidate) => {
    const rivals = known.filter(
      (rival) => !dropped.has(rival) && overlapOf(rival.box, candidate.box) >= SAME_LINE_OVERLAP_MIN,
    );
    const rivalLength = rivals.reduce((sum, { line }) => sum + line.text.length, 0);
    if (rivals.length > 0 && rivalLength >= candidate.line.text.length) return false;
    for (const rival of rivals) dropped.add(rival);
    return true;
  });
  return [...known.filter((line) => !dropped.has(line)), ...kept];
}

/** Share of the smaller box that both have. */
function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const smaller = Math.min((a.right - a.left) * (a.bottom - a.top), (b.right - b.left) * (b.bottom - b.top));
  return smaller === 0 ? 1 : (width * height) / smaller;
}
