import type { TextLine } from './read-lines.ts';
import { heightOf, widthOf } from './text-box.ts';
import { meanProbability } from './to-ocr-lines.ts';

/** Boxes that are shorter may be a number or a mark, whatever the script. */
const RATIO_MIN = 3;
/** Fewer say nothing of the page. */
const LINES_MIN = 4;
/** Letters for each height of a line: Latin type has about two, of what it does not know the network reads next to none. */
const LETTERS_PER_HEIGHT_MIN = 0.9;
const MEAN_MIN = 0.75;

/** Share of the text, by its length, in which the network finds too few letters, or none that it is sure of: 0 to 1. */
export function unreadShare(lines: readonly TextLine[]): number {
  const long = lines.filter(({ box }) => widthOf(box) >= RATIO_MIN * heightOf(box));
  if (long.length < LINES_MIN) return 0;
  const lengthOf = (some: readonly TextLine[]) =>
    some.reduce((sum, { box }) => sum + widthOf(box) / Math.max(1, heightOf(box)), 0);
  return lengthOf(long.filter(isUnread)) / lengthOf(long);
}

function isUnread({ box, words }: TextLine): boolean {
  const letters = words.reduce((count, word) => count + word.letters.length, 0);
  return letters < (LETTERS_PER_HEIGHT_MIN * widthOf(box)) / heightOf(box) || meanProbability(words) < MEAN_MIN;
}
