import type { FramedLine } from './text-frame.ts';
import { typicalHeight } from './text-frame.ts';

/** Fewer lines are a heading or a stamp, not a receipt. */
const LINES_MIN = 5;
/** Of a receipt's lines hold words; a column of prices holds figures. */
const WORDY_SHARE_MIN = 0.4;
const WORDY = /\p{L}{3}/u;
/** A gutter between papers, in heights of the type. */
const GUTTER_MIN = 2;
/** Gap between papers that lie one above the other; a receipt's own gaps are seldom five lines. */
const GAP_MIN = 8;
/** Rows of one paper run on across it: its prices stand level with its items. */
const LEVEL_SHARE_MAX = 0.75;
const LEVEL_REACH = 0.3;
const DEPTH_MAX = 5;

/**
 * The lines of each receipt on a photograph; one group where there is one receipt. Cuts where a straight empty strip parts
 * two blocks that are each a receipt by themselves: wordy, several lines long, and not rows of one another.
 */
export function splitReceipts(lines: readonly FramedLine[], depth = 0): FramedLine[][] {
  if (lines.length < 2 * LINES_MIN || depth === DEPTH_MAX) return [[...lines]];
  const height = typicalHeight(lines);
  const besides = cuts(lines, ({ box }) => [box.left, box.right], GUTTER_MIN * height);
  for (const [left, right] of besides) {
    if (isReceipt(left) && isReceipt(right) && !areRowsOfEachOther(left, right, height)) {
      return [...splitReceipts(left, depth + 1), ...splitReceipts(right, depth + 1)];
    }
  }
  const below = cuts(lines, ({ box }) => [box.top, box.bottom], GAP_MIN * height);
  for (const [above, under] of below) {
    if (isReceipt(above) && isReceipt(under)) {
      return [...splitReceipts(above, depth + 1), ...splitReceipts(under, depth + 1)];
    }
  }
  return [[...lines]];
}

type Extent = (line: FramedLine) => readonly [from: number, to: number];

/** Every way to part the lines at an empty strip at least `width` wide, the widest strip first. */
function cuts(lines: readonly FramedLine[], extent: Extent, width: number): [FramedLine[], FramedLine[]][] {
  const sorted = lines.toSorted((a, b) => extent(a)[0] - extent(b)[0]);
  const found: { strip: number; parts: [FramedLine[], FramedLine[]] }[] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const [i, line] of sorted.entries()) {
    const [from, to] = extent(line);
    if (i > 0 && from - reach >= width) {
      found.push({ strip: from - reach, parts: [sorted.slice(0, i), sorted.slice(i)] });
    }
    reach = Math.max(reach, to);
  }
  return found.toSorted((a, b) => b.strip - a.strip).map(({ parts }) => parts);
}

function isReceipt(lines: readonly FramedLine[]): boolean {
  const wordy = lines.filter(({ line }) => WORDY.test(line.text)).length;
  return lines.length >= LINES_MIN && wordy >= lines.length * WORDY_SHARE_MIN;
}

function areRowsOfEachOther(a: readonly FramedLine[], b: readonly FramedLine[], height: number): boolean {
  const [fewer, more] = a.length < b.length ? [a, b] : [b, a];
  const level = fewer.filter(({ centre }) =>
    more.some((other) => Math.abs(other.centre[1] - centre[1]) <= height * LEVEL_REACH),
  );
  return level.length > fewer.length * LEVEL_SHARE_MAX;
}
