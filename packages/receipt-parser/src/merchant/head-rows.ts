import { type Row, rowOf } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import { countLetters } from '../text/count-letters.ts';
import type { Figures } from '../zones/figures.ts';
import { HeadText } from './head-text.ts';

/** A row of the head as name and address are read from it. */
export interface HeadRow {
  readonly row: Row;
  readonly text: HeadText;
}

/** Letters that a row's main text has at least; beside it, a lone character is dirt. */
const MAIN_LETTERS_MIN = 5;

/** Print of one row differs less in height. */
const SCRIBBLE_HEIGHTS_MIN = 1.3;

/**
 * The head without what scanners and engines add to its edges: marks without a letter or digit at either end of a row,
 * and lone characters that stand a column away from the text.
 */
export function headRows(head: readonly Figures[]): HeadRow[] {
  return head.map(({ row }) => {
    const words = withoutDirt(row);
    const clean = words.length === row.words.length ? row : rowOf(words);
    return { row: clean, text: new HeadText(clean.key, clean.digits) };
  });
}

function withoutDirt(row: Row): readonly Word[] {
  if (countLetters(row.key) < MAIN_LETTERS_MIN) return row.words;
  let from = 0;
  let to = row.words.length;
  while (from < to - 1 && isDirt(row, from, from + 1)) from += 1;
  while (to - 1 > from && isDirt(row, to - 1, to - 1)) to -= 1;
  return from === 0 && to === row.words.length ? row.words : row.words.slice(from, to);
}

/** A character that the engine read apart from the text beside it, and much higher: written by hand. */
function isScribble(row: Row, i: number, gap_at: number): boolean {
  const word = row.words[i];
  const beside = row.words[gap_at === i ? i - 1 : i + 1];
  if (word === undefined || beside === undefined) return false;
  return word.line !== beside.line && word.height > SCRIBBLE_HEIGHTS_MIN * beside.height;
}

/** `gap_at` is the word whose gap before it parts word `i` from the rest of the row. */
function isDirt(row: Row, i: number, gap_at: number): boolean {
  const key = row.words[i]?.key ?? '';
  // Nearly every word begins with a letter or a digit.
  if (key.length > 1 && /^[A-Z\d]/.test(key)) return false;
  if (!/[^\p{P}\p{S}]/u.test(key)) return key !== '&' && key !== ')' && key !== '(';
  return key.length === 1 && (row.key[(row.starts[gap_at] ?? 0) - 1] === '\t' || isScribble(row, i, gap_at));
}
