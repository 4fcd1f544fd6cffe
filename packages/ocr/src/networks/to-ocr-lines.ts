import type { OcrLine, OcrWord, Point, Quad } from '@slipstream/shared';
import { calibrated } from './confidence.ts';
import type { ReadWord } from './ctc.ts';
import type { Size } from './detection-size.ts';
import type { TextLine } from './read-lines.ts';
import { repairWords, textOf } from './repair-words.ts';
import { surenessOf } from './sureness.ts';
import { cornersOf, type TextBox } from './text-box.ts';
import { alternativesOf } from './word-alternatives.ts';

/** Lines of which the letters' probabilities have a lower mean are dirt, a logo or a fold. */
const LINE_MEAN_MIN = 0.5;
/** Few letters without a digit are dirt more often than text unless they are read this surely. */
const SCRAP_LETTERS_MAX = 3;
const SCRAP_MEAN_MIN = 0.92;

/** The lines that are text, in the order given, their quads in 0..1 of an image of `size`. */
export function toOcrLines(lines: readonly TextLine[], size: Size): OcrLine[] {
  return lines.flatMap((line) => {
    const words = repairWords(line.words);
    return isText(words) ? [toOcrLine({ ...line, words }, size)] : [];
  });
}

/** Mean of the letters' probabilities; 0 for none. */
export function meanProbability(words: readonly ReadWord[]): number {
  const letters = words.flatMap((word) => word.letters);
  return letters.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, letters.length);
}

function meanSureness(words: readonly ReadWord[]): number {
  const letters = words.flatMap((word) => word.letters);
  return letters.reduce((sum, letter) => sum + surenessOf(letter), 0) / Math.max(1, letters.length);
}

function isText(words: readonly ReadWord[]): boolean {
  const mean = meanProbability(words);
  if (mean < LINE_MEAN_MIN) return false;
  const text = words.map(textOf).join('');
  return text.length > SCRAP_LETTERS_MAX || /\d/.test(text) || mean >= SCRAP_MEAN_MIN;
}

function toOcrLine({ box, steps, words }: TextLine, size: Size): OcrLine {
  const quadOf = (from: number, to: number) => normalised(part(box, from / steps, Math.min(1, to / steps)), size);
  const read = words.map((word): OcrWord => {
    const alternatives = alternativesOf(word);
    return {
      text: textOf(word),
      confidence: calibrated(meanSureness([word])),
      quad: quadOf(word.from, word.to),
      ...(alternatives.length > 0 && { alternatives }),
    };
  });
  return {
    text: read.map(({ text }) => text).join(' '),
    confidence: calibrated(meanSureness(words)),
    quad: quadOf(0, steps),
    words: read,
  };
}

/** The stretch of a box between two shares of its length. */
function part({ centre: [x, y], along: [ax, ay], down }: TextBox, from: number, to: number): TextBox {
  const middle = from + to - 1;
  return { centre: [x + ax * middle, y + ay * middle], along: [ax * (to - from), ay * (to - from)], down };
}

function normalised(box: TextBox, { width, height }: Size): Quad {
  const point = ([x, y]: Point): Point => [bounded(x / width), bounded(y / height)];
  const [a, b, c, d] = cornersOf(box);
  return [point(a), point(b), point(c), point(d)];
}

/** A box may reach past the edge, but never as far as the document's bounds. */
function bounded(coordinate: number): number {
  return Math.min(1.5, Math.max(-0.5, coordinate));
}
