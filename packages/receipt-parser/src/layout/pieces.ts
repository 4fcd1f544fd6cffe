import type { OcrDocument, OcrLine, Quad } from '@slipstream/shared';
import { countDigits } from '../text/count-digits.ts';
import { fold } from '../text/fold.ts';
import type { Word } from './word.ts';

/** A piece of text that the engine read as one line, its words in reading order. Never empty. */
export interface Piece {
  readonly words: readonly [Word, ...Word[]];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
  /** Rise of y along x, from the piece's own ends. */
  readonly slope: number;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
}

/** The text's direction on the page as a unit vector. */
interface Direction {
  readonly cos: number;
  readonly sin: number;
}

/** The smallest text height taken for real, in pixels; guards the division for degenerate quads. */
const TEXT_HEIGHT_PX_MIN = 1e-3;
/** Text this many times wider than high tells its direction; shorter text has a noisy one. */
const DIRECTION_ASPECT_MIN = 2;

/** The page's frame: what takes its rotation and size out of a point. */
interface Frame {
  readonly image: Pixels;
  readonly direction: Direction;
  /** Pixels of the middle text height. */
  readonly unit: number;
}

/**
 * Puts the words of the given lines into one frame (see `Word`): rotation is taken out by the direction that most of
 * the text runs in, size by the middle text height. A receipt that is moved, scaled or turned gives the same pieces.
 */
export function piecesOf(document: OcrDocument, line_indices: readonly number[]): Piece[] {
  const { image } = document;
  const lines: OcrLine[] = [];
  const indices: number[] = [];
  for (const index of line_indices) {
    const line = document.lines[index];
    if (line === undefined || line.text.trim() === '') continue;
    lines.push(line);
    indices.push(index);
  }
  const heights = lines.map(({ quad }) => heightOf(quad, image));
  const frame: Frame = { image, direction: textDirection(lines, heights, image), unit: middleHeight(heights) };
  return lines.map((line, i) => pieceOf(wordsOf(line, indices[i] ?? 0, frame)));
}

/** Never empty for a line that has text. */
function wordsOf(line: OcrLine, index: number, frame: Frame): [Word, ...Word[]] {
  const words: Word[] = [];
  for (let position = 0; position < line.words.length; position += 1) {
    const word = line.words[position];
    const text = word?.text.trim() ?? '';
    if (word === undefined || text === '') continue;
    words.push(wordAt(text, word.quad, word.confidence ?? line.confidence, index, position, frame));
  }
  // An engine that gives no words is read by its lines; there is no word to point at then.
  return isFilled(words) ? words : [wordAt(line.text.trim(), line.quad, line.confidence, index, null, frame)];
}

function isFilled(words: Word[]): words is [Word, ...Word[]] {
  return words.length > 0;
}

function wordAt(
  text: string,
  quad: Quad,
  confidence: number,
  line: number,
  index: number | null,
  { image, direction, unit }: Frame,
): Word {
  const [top_left, top_right, bottom_right, bottom_left] = quad;
  const start_x = ((top_left[0] + bottom_left[0]) / 2) * image.width;
  const start_y = ((top_left[1] + bottom_left[1]) / 2) * image.height;
  const end_x = ((top_right[0] + bottom_right[0]) / 2) * image.width;
  const end_y = ((top_right[1] + bottom_right[1]) / 2) * image.height;
  const { cos, sin } = direction;
  const a = rounded((start_x * cos + start_y * sin) / unit);
  const b = rounded((end_x * cos + end_y * sin) / unit);
  const y_a = rounded((start_y * cos - start_x * sin) / unit);
  const y_b = rounded((end_y * cos - end_x * sin) / unit);
  const forward = a <= b;
  const key = fold(text);
  return {
    text,
    key,
    digits: countDigits(key),
    line,
    index,
    confidence,
    left: forward ? a : b,
    right: forward ? b : a,
    y_left: forward ? y_a : y_b,
    y_right: forward ? y_b : y_a,
    height: rounded(heightOf(quad, image) / unit),
  };
}

/** A turned page differs in the last binary digits; what lies level on the one must not lie apart on the other. */
function rounded(length: number): number {
  return Math.round(length * 1e6) / 1e6;
}

/** The piece that some words make, in the frame that they are in. */
export function pieceOf(words: readonly [Word, ...Word[]]): Piece {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let y = 0;
  let height = 0;
  let y_left = 0;
  let y_right = 0;
  for (const word of words) {
    if (word.left < left) {
      left = word.left;
      y_left = word.y_left;
    }
    if (word.right > right) {
      right = word.right;
      y_right = word.y_right;
    }
    y += (word.y_left + word.y_right) / 2;
    height += word.height;
  }
  const width = right - left;
  const slope = width > 4 ? Math.max(-0.1, Math.min(0.1, (y_right - y_left) / width)) : 0;
  return { words, left, right, y: y / words.length, height: height / words.length, slope };
}

/** A line's direction in pixels, and how long it is: long lines tell the page's direction best. */
interface Angle {
  readonly dx: number;
  readonly dy: number;
  readonly length: number;
}

function textDirection(lines: readonly OcrLine[], heights: readonly number[], image: Pixels): Direction {
  const angles: Angle[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < lines.length; i += 1) {
    const quad = lines[i]?.quad;
    if (quad === undefined) continue;
    const dx = ((quad[1][0] - quad[0][0] + quad[2][0] - quad[3][0]) / 2) * image.width;
    const dy = ((quad[1][1] - quad[0][1] + quad[2][1] - quad[3][1]) / 2) * image.height;
    const length = distance(dx, dy);
    if (length <= DIRECTION_ASPECT_MIN * (heights[i] ?? 0)) continue;
    angles.push({ dx, dy, length });
    x += dx;
    y += dy;
  }
  if (angles.length === 0) return { cos: 1, sin: 0 };
  const rough = Math.atan2(y, x);
  const angle = rough + middleResidual(angles, rough);
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
}

/** The weighted middle of what is left over: a few stray lines (a stamp, a logo) do not turn the page. */
function middleResidual(angles: readonly Angle[], rough: number): number {
  const residuals = angles
    .map(({ dx, dy, length }) => ({ angle: wrap(Math.atan2(dy, dx) - rough), length }))
    .sort((a, b) => a.angle - b.angle);
  const half = residuals.reduce((total, { length }) => total + length, 0) / 2;
  let passed = 0;
  const middle = residuals.find(({ length }) => {
    passed += length;
    return passed >= half;
  });
  return middle?.angle ?? 0;
}

function middleHeight(heights: readonly number[]): number {
  const sorted = [...heights].sort((a, b) => a - b);
  return Math.max(sorted[sorted.length >> 1] ?? 1, TEXT_HEIGHT_PX_MIN);
}

function heightOf(quad: Quad, image: Pixels): number {
  const left = distance((quad[3][0] - quad[0][0]) * image.width, (quad[3][1] - quad[0][1]) * image.height);
  const right = distance((quad[2][0] - quad[1][0]) * image.width, (quad[2][1] - quad[1][1]) * image.height);
  return (left + right) / 2;
}

/** Without the care for overflow that makes Math.hypot several times slower; pixels are small numbers. */
function distance(dx: number, dy: number): number {
  return Math.sqrt(dx * dx + dy * dy);
}

function wrap(angle: number): number {
  // Sines cost more than the rest of the layout; a page's lines hardly ever lie on both sides of the half turn.
  return Math.abs(angle) < 3 ? angle : Math.atan2(Math.sin(angle), Math.cos(angle));
}
