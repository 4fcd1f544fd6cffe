import { scanDates } from '../dates/scan-dates.ts';
import { phrasesSource } from '../languages/languages.ts';
import { type Piece, pieceOf } from '../layout/pieces.ts';
import type { Word } from '../layout/word.ts';
import { LEGAL_FORM, REGISTRATION } from '../merchant/header-words.ts';
import { isTotal, keyOf } from './piece-key.ts';
import { stackedReceipts } from './stacked-receipts.ts';

const PHONE = new RegExp(String.raw`${phrasesSource('phone_sign')}|\+\d\d`);
const PRICE = /\d[.,]\d\d(?![\d.,/-])/;
/** White space this wide between receipts that lie side by side, in text heights. */
const GUTTER_MIN = 1.5;
/** White space this high between receipts that lie below each other. */
const GAP_MIN = 3;
/** A receipt has at least so many pieces of text. */
const PIECES_MIN = 5;
/** Cuts within cuts; 2^6 receipts are more than any image is accepted with. */
const DEPTH_MAX = 6;

/**
 * Sets receipts on one image apart by the white space between them. A cut counts only where each side is a receipt by
 * itself, with figures, a total and what else a receipt needs: the space between labels and amounts, or above a card
 * slip, parts nothing. Left to right, then top to bottom.
 */
export function splitReceipts(pieces: readonly Piece[]): (readonly Piece[])[] {
  return split(pieces, DEPTH_MAX);
}

function split(whole: readonly Piece[], depth: number): (readonly Piece[])[] {
  if (depth === 0 || whole.length < PIECES_MIN) return [whole];
  const pieces = atGutter(whole) ?? whole;
  if (pieces.length < 2 * PIECES_MIN) return [whole];
  for (const axis of ['x', 'y'] as const) {
    for (const [side_a, side_b] of cuts(pieces, axis)) {
      if (areReceipts(side_a, side_b, axis)) return [...split(side_a, depth - 1), ...split(side_b, depth - 1)];
    }
  }
  const stacked = stackedReceipts(whole);
  if (stacked !== null) return stacked.flatMap((part) => split(part, depth - 1));
  return [whole];
}

type Cut = readonly [readonly Piece[], readonly Piece[]];

/** At most this many of the widest white spaces are tried; each costs a look at every piece. */
const CUTS_MAX = 4;

function cuts(pieces: readonly Piece[], axis: 'x' | 'y'): Cut[] {
  const gaps = axis === 'x' ? gapsOf(pieces, leftOf, rightOf, GUTTER_MIN) : gapsOf(pieces, topOf, bottomOf, GAP_MIN);
  return gaps
    .sort((a, b) => b.width - a.width)
    .slice(0, CUTS_MAX)
    .map(({ at }): Cut => {
      const start = axis === 'x' ? leftOf : topOf;
      return [pieces.filter((piece) => start(piece) < at), pieces.filter((piece) => start(piece) >= at)];
    });
}

const leftOf = ({ left }: Piece): number => left;
const rightOf = ({ right }: Piece): number => right;
const topOf = ({ y, height }: Piece): number => y - height / 2;
const bottomOf = ({ y, height }: Piece): number => y + height / 2;

/** White space at least so wide, with enough pieces on either side; `at` is where the pieces behind it begin. */
function gapsOf(
  pieces: readonly Piece[],
  start: (piece: Piece) => number,
  end: (piece: Piece) => number,
  width_min: number,
): { at: number; width: number }[] {
  if (!hasEmptyCell(pieces, start, end, width_min / 3)) return [];
  const starts = sorted(pieces, start);
  const ends = sorted(pieces, end);
  const gaps: { at: number; width: number }[] = [];
  for (let i = PIECES_MIN; i <= starts.length - PIECES_MIN; i += 1) {
    // Where as many pieces have ended as have begun, none reaches over the gap.
    const at = starts[i] ?? 0;
    const width = at - (ends[i - 1] ?? 0);
    if (width >= width_min) gaps.push({ at, width });
  }
  return gaps;
}

/** A page is hardly ever so many cells long; where it is, they are not counted. */
const CELLS_MAX = 4096;

/**
 * Whether any cell of a grid is touched by no piece. A space three cells wide holds one in any case, so that without
 * one there is nothing to sort for; on most pages there is none.
 */
function hasEmptyCell(
  pieces: readonly Piece[],
  start: (piece: Piece) => number,
  end: (piece: Piece) => number,
  cell: number,
): boolean {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const piece of pieces) {
    from = Math.min(from, start(piece));
    to = Math.max(to, end(piece));
  }
  const cells = Math.floor((to - from) / cell) + 1;
  if (!(cells <= CELLS_MAX)) return true;
  const touched = new Array<boolean>(cells).fill(false);
  for (const piece of pieces) {
    const last = Math.floor((end(piece) - from) / cell);
    for (let i = Math.floor((start(piece) - from) / cell); i <= last; i += 1) touched[i] = true;
  }
  return touched.includes(false);
}

function sorted(pieces: readonly Piece[], place: (piece: Piece) => number): number[] {
  return pieces.map(place).sort((a, b) => a - b);
}

/**
 * Both sides have figures, a day, the label of a total, and below each other also whom it is from: a card slip below
 * its receipt lacks that. The cheapest is asked first.
 */
function areReceipts(side_a: readonly Piece[], side_b: readonly Piece[], axis: 'x' | 'y'): boolean {
  const keys_a = side_a.map(keyOf);
  const keys_b = side_b.map(keyOf);
  const both = (isPresent: (keys: readonly string[]) => boolean): boolean => isPresent(keys_a) && isPresent(keys_b);
  if (!both(hasPrices) || !both(hasTotal)) return false;
  if (axis === 'y') return both(hasDay) && both(isFromSomeone);
  // A column of labels has no prices, one of amounts no words: what has both is a receipt, also where its day is lost.
  return both(hasDay) || ((hasDay(keys_a) || hasDay(keys_b)) && both(hasText));
}

const hasPrices = (keys: readonly string[]): boolean => keys.filter((key) => PRICE.test(key)).length >= 2;
const hasTotal = (keys: readonly string[]): boolean => keys.some(isTotal);
const hasDay = (keys: readonly string[]): boolean => keys.some((key) => scanDates(key).length > 0);
const hasText = (keys: readonly string[]): boolean => keys.filter((key) => /\p{L}{3}/u.test(key)).length >= TEXTS_MIN;

/** A name, an address, goods and a total are more. */
const TEXTS_MIN = 6;

function isFromSomeone(keys: readonly string[]): boolean {
  return keys.some((key) => PHONE.test(key) || LEGAL_FORM.test(key) || REGISTRATION.test(key));
}

/** Words of one line this far apart, in text heights, may be of two receipts side by side. */
const WORD_GAP_MIN = 1.5;

/**
 * The pieces with each cut at its wide gaps, where most lines reach over both halves of the page as if two receipts
 * were one; null where they do not. An engine that reads by lines sees no gutter.
 */
function atGutter(pieces: readonly Piece[]): readonly Piece[] | null {
  if (!pieces.some(hasTwoDays)) return null;
  const parts = pieces.map(partsOf);
  return parts.some((own) => own.filter(({ words }) => words.some(({ digits }) => digits >= 6)).length > 1)
    ? parts.flat()
    : null;
}

/** `1/2/24 1/3/24` has no fewer digits. */
const TWO_DAYS_DIGITS_MIN = 8;

function hasTwoDays({ words }: Piece): boolean {
  let digits = 0;
  for (const word of words) digits += word.digits;
  return digits >= TWO_DAYS_DIGITS_MIN && words.length > 1 && DATED.test(keyOf({ words }));
}

/** Two days on one line. */
const DATED = /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}.*\s\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}/;

function partsOf(piece: Piece): Piece[] {
  const parts: Word[][] = [];
  let previous: Word | undefined;
  for (const word of piece.words) {
    const part = parts.at(-1);
    if (part === undefined || (previous !== undefined && word.left - previous.right > WORD_GAP_MIN)) parts.push([word]);
    else part.push(word);
    previous = word;
  }
  return parts.flatMap(([first, ...rest]) => (first === undefined ? [] : [pieceOf([first, ...rest])]));
}
