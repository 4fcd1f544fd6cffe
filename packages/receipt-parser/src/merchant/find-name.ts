import type { Word } from '../layout/word.ts';
import { countDigits } from '../text/count-digits.ts';
import { countLetters } from '../text/count-letters.ts';
import { HOUSE_NUMBER, PLACE_WORD, POSTCODE } from './address-words.ts';
import type { FoundAddress } from './find-address.ts';
import type { HeadRow } from './head-rows.ts';
import { LEGAL_FORM, NOT_A_NAME, REGISTRATION, TRADE_WORD } from './header-words.ts';

/** The merchant's name as words, with what speaks for it. */
export interface FoundName {
  readonly words: readonly Word[];
  readonly text: string;
  readonly score: number;
  /** Score of the next best row of the head, 0 where there is none. */
  readonly rival_score: number;
  readonly legal: boolean;
  readonly rows: number;
}

/** A registration number behind the name on its row: `(519537-X)`, `273500-U (KSB)`, `(139386 X)`. */
const NUMBER_BEHIND =
  /[\s(]*(?:\(? ?(?:CO\.? ?(?:REG|NO)[^)]*|REG[^)]*|ROC[^)]*)?\b[A-Z]{0,3}\d{4,}[\d ]*(?:[- ]{0,3}[A-Z]{1,3})?\b ?\)?(?: ?\([A-Z\d]{1,5}\))?)\s*$/;
/** No registration number is shorter. */
const NUMBER_DIGITS_MIN = 4;

/**
 * The registered name where the head has one, else the trading name: receipts are filed under whom they are from in
 * law. Rows below the address count less, rows below the receipt's own title not at all.
 */
export function findName(head: readonly HeadRow[], address: FoundAddress | null): FoundName | null {
  const end = address?.from ?? head.length;
  const scored = head
    .map((_, i) => ({ i, score: namePoints(head, i, address) }))
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score || a.i - b.i);
  const [best] = scored;
  if (best === undefined) return null;
  const span = spanOf(head, best.i, end);
  const words = trimNumber(head.slice(span.from, span.to).flatMap(({ row }) => row.words));
  if (words.length === 0) return null;
  const text = words.map((word) => word.text).join(' ');
  const rival = scored.find(({ i }) => i < span.from || i >= span.to);
  return {
    words,
    text,
    score: best.score,
    rival_score: rival?.score ?? 0,
    legal: LEGAL_FORM.test(words.map((word) => word.key).join(' ')),
    rows: span.to - span.from,
  };
}

function namePoints(head: readonly HeadRow[], index: number, address: FoundAddress | null): number {
  const row = head[index]?.row;
  if (row === undefined || (address !== null && index >= address.from && index < address.to))
    return Number.NEGATIVE_INFINITY;
  const bare = bareName(row.key);
  const letters = countLetters(bare);
  if (letters < 2) return Number.NEGATIVE_INFINITY;
  const legal = LEGAL_FORM.test(bare);
  if (
    NOT_A_NAME.test(bare) &&
    !(legal && letters > 10 && !/\b(?:GST|TAX|INVOICE|BILL|TEL|FORMERLY|LICENSEE)\b/.test(bare))
  )
    return Number.NEGATIVE_INFINITY;
  const trade = TRADE_WORD.test(bare);
  let points = 0;
  if (legal) points += 5;
  if (trade) points += 2;
  if (index <= 1) points += 1.5;
  points -= 0.35 * index;
  if (row.height > 1.3) points += 1;
  const below = head[index + 1]?.row.key ?? '';
  if (REGISTRATION.test(below) || (row.digits >= NUMBER_DIGITS_MIN && NUMBER_BEHIND.test(row.key))) points += 2;
  const above = head[index - 1]?.row.key ?? '';
  if (/FORMERLY|LICENSEE|BILL TO|SOLD TO|OWNED BY|CUSTOMER|ATTN|DELIVER/.test(above)) points -= 6;
  // Below the address stands the owner, with a registration number, or something else.
  if (address !== null && index >= address.to) points -= REGISTRATION.test(below) ? 1 : 3;
  if (/\d/.test(bare) && !legal && !trade) points -= 1.5;
  if (POSTCODE.test(bare) || (HOUSE_NUMBER.test(bare) && PLACE_WORD.test(bare))) points -= 4;
  if (/^\(.*\)$/.test(row.key)) points -= 3;
  if (letters < 4) points -= 1.5;
  return points;
}

/** Rows that belong to one name: a legal form alone, an open bracket, a trailing `&` reach over the row's end. */
function spanOf(head: readonly HeadRow[], index: number, end: number): { from: number; to: number } {
  let from = index;
  let to = index + 1;
  const key = (i: number): string => head[i]?.row.key ?? '';
  while (from > 0 && continues(key(from - 1), key(from))) from -= 1;
  const wrapped = from < index && opensBracket(key(from));
  while (wrapped && from > 0 && isFullRow(head[from - 1], head[from]) && !NOT_A_NAME.test(key(from - 1))) from -= 1;
  while (to < Math.max(end, index + 1) && continues(key(to - 1), key(to))) to += 1;
  return { from, to };
}

function continues(above: string, below: string): boolean {
  if (above === '' || below === '' || NOT_A_NAME.test(above) || NOT_A_NAME.test(below) || REGISTRATION.test(below))
    return false;
  if (/(?:&|\bAND|\bOF|\bTHE|-|,)$/.test(above)) return true;
  if (opensBracket(above)) return true;
  const form = LEGAL_FORM.exec(below);
  if (form === null || LEGAL_FORM.test(above)) return false;
  const before = below
    .slice(0, form.index)
    .replace(/\([^)]*\)?|\bCO\b\.?/g, '')
    .replace(/[^\p{L}]/gu, '');
  return before.length < 3;
}

function opensBracket(key: string): boolean {
  return (key.match(/\(/g)?.length ?? 0) > (key.match(/\)/g)?.length ?? 0);
}

/** Boxes of one print differ in height by this share, as letters reach above and below. */
const PRINT_TOLERANCE = 0.25;

/** Narrow paper breaks a long name: every row but the last is as wide as the next one, and in the same print. */
function isFullRow(above: HeadRow | undefined, below: HeadRow | undefined): boolean {
  if (above === undefined || below === undefined) return false;
  const width = above.row.right - above.row.left;
  return (
    width > 0.95 * (below.row.right - below.row.left) &&
    Math.abs(above.row.height / below.row.height - 1) < PRINT_TOLERANCE
  );
}

function bareName(key: string): string {
  return (countDigits(key) < NUMBER_DIGITS_MIN ? key : key.replace(NUMBER_BEHIND, '')).trim();
}

function trimNumber(words: readonly Word[]): Word[] {
  const keys = words.map((word) => word.key).join(' ');
  const bare = bareName(keys);
  if (bare.length < 3) return [...words];
  let length = -1;
  const kept: Word[] = [];
  for (const word of words) {
    length += 1 + word.key.length;
    if (length > bare.length + 1) break;
    kept.push(word);
  }
  return kept.length === 0 ? [...words] : kept;
}
