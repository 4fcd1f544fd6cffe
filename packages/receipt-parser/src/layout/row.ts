import type { Word } from './word.ts';

/**
 * Words further apart than this, in heights of their text, stand in different columns. No plain fraction: boxes are
 * whole pixels, and a gap of just 1.1 would fall either way with the last binary digit.
 */
const COLUMN_GAP = 1.1037;

/**
 * One visual row of a receipt, its words from left to right. `key` is the folded text: words of one column are parted
 * by a space, columns by a tab. `starts[i]` is where word i begins in `key`.
 */
export interface Row {
  readonly words: readonly Word[];
  readonly key: string;
  readonly starts: readonly number[];
  /** How many of 0 to 9 are in `key`: a row with too few for a date, a number or a price need not be searched for one. */
  readonly digits: number;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
}

export function rowOf(words: readonly Word[]): Row {
  let key = '';
  const starts: number[] = [];
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let digits = 0;
  let y = 0;
  let height = 0;
  let previous: Word | undefined;
  for (const word of words) {
    if (previous !== undefined) key += isColumnGap(previous, word) ? '\t' : ' ';
    starts.push(key.length);
    key += word.key;
    digits += word.digits;
    left = Math.min(left, word.left);
    right = Math.max(right, word.right);
    y += (word.y_left + word.y_right) / 2;
    height += word.height;
    previous = word;
  }
  const count = Math.max(words.length, 1);
  return { words, key, starts, digits, left, right, y: y / count, height: height / count };
}

/** Large print has large spaces: the gap is measured by the words beside it. */
function isColumnGap(a: Word, b: Word): boolean {
  return b.left - a.right > COLUMN_GAP * Math.max(1, (a.height + b.height) / 2);
}

/** The words that the stretch `[from, to)` of the row's key touches. */
export function wordsBetween(row: Row, from: number, to: number): Word[] {
  const found: Word[] = [];
  for (let i = firstEndingAfter(row, from); i < row.words.length; i += 1) {
    const word = row.words[i];
    if (word === undefined || (row.starts[i] ?? 0) >= to) break;
    found.push(word);
  }
  return found;
}

/** Index of the first word that ends behind `offset`; words lie in order, so it is found by halving. */
function firstEndingAfter(row: Row, offset: number): number {
  let low = 0;
  let high = row.words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = (row.starts[middle] ?? 0) + (row.words[middle]?.key.length ?? 0);
    if (end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The row as printed, a single space between words. */
export function printed(words: readonly Word[]): string {
  let text = words[0]?.text ?? '';
  for (let i = 1; i < words.length; i += 1) text += ` ${words[i]?.text}`;
  return text;
}
