import type { Amount } from '../amounts/amount.ts';
import { type AmountColumn, isInColumn } from '../amounts/amount-column.ts';
import { phrases, phrasesSource, wordsSource } from '../languages/languages.ts';
import type { Row } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import type { Figures } from '../zones/figures.ts';

/** What a row of the items zone holds. */
export interface ItemRow {
  readonly figures: Figures;
  /** The row's amount in the column of amounts; null on rows of text and of `2 x 3.50`. */
  readonly amount: Amount | null;
  /** Words that describe the item: no figures, codes, tax letters or signs of multiplication. */
  readonly description: readonly Word[];
  /** Numbers before the amount: quantities and unit prices. */
  readonly numbers: readonly Amount[];
  readonly is_discount: boolean;
}

/** A word that tells nothing about what was bought: tax letters, units behind a quantity, separators, long codes. */
const NOISE = new RegExp(String.raw`^(?:[*#@xX:;.,_=~^\-+|/\\()[\]&]+|\d{6,}|[-*]{2,}.*|${phrasesSource('noise')})$`);

const DISCOUNT_ROW = phrases('discount_row');

/** Printed without a minus, a discount has to say so first: `2 X 5.51 (DISC: 1.53)  9.49` is an item. */
const DISCOUNT_FIRST = new RegExp(
  String.raw`^[^A-Z\d]*(?:\d+%?\s)?(?:[A-Z]+\s)?(?:${phrasesSource('discount_first')})`,
);

export function itemRowOf(figures: Figures, column: AmountColumn | null): ItemRow {
  const last = figures.money.at(-1) ?? null;
  const in_place = last !== null && (column === null || isInColumn(last, column)) && !isUnitPrice(figures);
  const amount = in_place ? last : null;
  const numbers = figures.amounts.filter(
    (number) => number !== amount && (amount === null || number.from < amount.from) && !isOfText(number, figures),
  );
  const bare = numbers.filter((number) => isBareNumber(number, figures));
  const isFigure = (word: Word): boolean =>
    (amount?.words.includes(word) ?? false) || bare.some(({ words }) => words.includes(word));
  const all = figures.row.words;
  const isFigureAt = (word: Word | undefined): boolean => word !== undefined && isFigure(word);
  const words = all.filter(
    (word, i) => !isFigure(word) && !(IS_UNIT.test(word.key) && i > 0 && isFigureAt(all[i - 1])),
  );
  const description = withoutNoise(words, figures.row, amount);
  const has_text = lettersOf(description) >= 2;
  return {
    figures,
    amount,
    description: has_text ? description : [],
    numbers,
    is_discount: amount !== null && (amount.value < 0 ? DISCOUNT_ROW : DISCOUNT_FIRST).test(figures.row.key),
  };
}

/** No word of letters that is noise is longer. */
const NOISE_LETTERS_MAX = 5;

function isNoise({ key, digits }: Word): boolean {
  return (key.length <= NOISE_LETTERS_MAX || digits > 0 || !isLetter(key.charCodeAt(0))) && NOISE.test(key);
}

/**
 * The words that say what was bought. A letter within them is part of a name (`VITAMIN C`); behind the amount, or a
 * column before it, it is the mark of a tax rate. Codes are dropped where they stand first.
 */
function withoutNoise(words: readonly Word[], row: Row, amount: Amount | null): Word[] {
  const behind = amount === null ? Number.POSITIVE_INFINITY : amount.left;
  const texts = words.filter((word) => !isNoise(word) && !(word.left > behind && isMark(word)));
  while (texts.length > 1 && isApart(texts, row)) texts.pop();
  while (texts.length > 1 && isLeading(texts, row)) texts.shift();
  return texts;
}

const TAX_LETTER = new RegExp(`^(?:${phrasesSource('tax_letter')})$`);
/** A shop's number, or a mark before one (`E  461070 ICE TEA`). */
function isLeading([first, second]: readonly Word[], row: Row): boolean {
  if (first === undefined || second === undefined) return false;
  const at_start = row.words.indexOf(second) - row.words.indexOf(first) > 1;
  return LEADING_CODE.test(first.key) || (first.key.length === 1 && at_start);
}

/** `001 RICE`, `461070 CAKE`: the shop's own number. */
const LEADING_CODE = /^(?:0\d{2,}|\d{4,}[A-Z]?)$/;

function isMark({ key }: Word): boolean {
  return TAX_LETTER.test(key) || /^[\d.,]+%$/.test(key);
}

/** A tax letter at the end, a column away from the text. */
function isApart(texts: readonly Word[], row: Row): boolean {
  const last = texts.at(-1);
  if (last === undefined || !TAX_LETTER.test(last.key)) return false;
  const at = row.words.indexOf(last);
  return at > 0 && row.key[(row.starts[at] ?? 0) - 1] === '\t';
}

function lettersOf(words: readonly Word[]): number {
  let letters = 0;
  for (const { key } of words) {
    for (let i = 0; i < key.length; i += 1) if (isLetter(key.charCodeAt(i))) letters += 1;
  }
  return letters;
}

/** Of a folded text: A to Z, or anything beyond ASCII. */
function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || code >= 0x80;
}

const UNIT = `(?:${wordsSource('unit')})`;
const IS_UNIT = new RegExp(`^${UNIT}$`);
/** Nothing but a quantity and a price for one: `2 x 3.50`, `@3 X RM 3.38`, `0.456 kg @ 1.99/kg`. */
const UNIT_PRICE = new RegExp(
  String.raw`^[^A-Z\d]*(?:\d+(?:[.,]\d+)?\s*${UNIT}?\s*)?(?:@|X|A(?=\s))\s*(?:[$€£¥]|[A-Z]{1,3})?\s*\d+(?:[.,]\d+)*\s*(?:[$€£¥]|EUR|KR)?\s*(?:\/?\s*${UNIT})?\W*$`,
);

/** A row that prices one unit, also where that reaches the column of amounts. */
function isUnitPrice({ row }: Figures): boolean {
  return UNIT_PRICE.test(row.key);
}

const COUNTED = new RegExp(String.raw`^(?:\t|\s*(?:X\b|@|$|(?:${wordsSource('counted_unit')})\b))`);

/** A number that is a quantity or a price, not part of the description ("COKE 1.5L", "100 PLUS"). */
function isBareNumber(number: Amount, figures: Figures): boolean {
  const behind = figures.row.key.slice(number.to);
  const before = figures.row.key.slice(0, number.from);
  if (number.kind === 'percent') return false;
  if (number.kind !== 'number') return true;
  // `VITAMIN B 12`: at the end of the text, without a column of its own.
  if (/\p{L} $/u.test(before) && /^\t/.test(behind)) return false;
  return /^\s*$/.test(before) || /(?:\t|@ ?|X ?)$/.test(before) || COUNTED.test(behind);
}

/** `9V BATTERY`, `CEMENT 50KG`, `THINNER 1L`: a number with letters is part of the text, unless it is multiplied. */
function isOfText({ to, kind }: Amount, { row }: Figures): boolean {
  const behind = row.key.slice(to, to + 8);
  return kind !== 'percent' && /^[A-Z]/.test(behind) && !MULTIPLIED.test(behind) && !ONLY_MEASURE.test(row.key);
}

const MULTIPLIED = new RegExp(String.raw`^(?:${wordsSource('unit')})?\s*(?:X\b|X\d|@)`);
const ONLY_MEASURE = new RegExp(String.raw`^[\d.,\s]*${UNIT}\W*$`);
