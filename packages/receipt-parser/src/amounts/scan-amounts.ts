import { type Row, wordsBetween } from '../layout/row.ts';
import { matches } from '../text/matches.ts';
import type { Amount, AmountKind } from './amount.ts';
import { type Opening, openingOf } from './amount-opening.ts';
import { CURRENCY_MARKS, MARK_BEHIND_SOURCE } from './currency-marks.ts';
import { moneyFromDigits } from './money.ts';
import type { NumberStyle } from './number-style.ts';

/*
 * Keys are folded: letters are A to Z, or of a script without capitals. Patterns without the `u` flag run many times
 * faster, which this one, run on every row with a digit, needs.
 */

/** Digit groups, or plain digits; then decimals. `5. 90` is `5.90` badly spaced. */
const PLAIN = String.raw`\d+(?:[.,] \d{2}(?!\d)| ?[.,]\d{1,4})?|[.,]\d{2}`;
/** Thousands, or lakh and crore: `1,05,000.00`. */
const GROUPS = String.raw`\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?|\d{1,3}(?:[.,']\d{3})+(?:[.,]\d{1,4})?`;
/** Groups parted by a blank are the habit of some countries; elsewhere `2 100.00` is two of something. */
const SPACED_GROUPS = String.raw`\d{1,3}(?:[.' ]\d{3})+(?!\d)(?:[.,]\d{1,2})?`;

/** A figure, what closes it, and a per cent or currency mark behind; what stands before is looked at apart. */
function pattern(digits: string): RegExp {
  return new RegExp(
    String.raw`(?<!\d)(${digits})(?![\d:/]|[.,-]\d| ?[AP]M(?![A-Z]))(-(?!\d)| -(?=[A-Z]?$|[A-Z]?\t)| ?CR(?![A-Z\d])|\))?(?: ?(%)| ?(${MARK_BEHIND_SOURCE})(?![A-Z\d]))?`,
    'g',
  );
}

const UNSPACED = pattern(`(?:${GROUPS}|${PLAIN})`);
const SPACED = pattern(`(?:${SPACED_GROUPS}|${GROUPS}|${PLAIN})`);

/** The bare `R` of South African prices; as a mark it is too short to stand anywhere else. */
const RAND = /(?<![A-Z\d])R ?(?=\d+[.,]\d\d)/g;

/** A word of digits in which an engine read some as letters. */
const MENDABLE = /(?<![^\s])[-(]?(?:RM|[$€£])?[\dOQDILSBZ|]{1,7}[.,][\dOQDILSBZ|]{2}\)?(?![^\s])/g;
const MENDS: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  '|': '1',
  S: '5',
  B: '8',
  Z: '2',
};

/** All numbers on a row that can be amounts, quantities or rates, from left to right. */
export function scanAmounts(row: Row, style: NumberStyle): Amount[] {
  if (row.digits === 0) return [];
  const key = /R ?\d/.test(row.key) ? row.key.replace(RAND, (mark) => ' '.repeat(mark.length)) : row.key;
  const found: Amount[] = [];
  for (const match of matches(style.spaced_groups ? SPACED : UNSPACED, key)) {
    const amount = amountOf(row, key, match, style);
    if (amount !== null) found.push(amount);
  }
  // A row with a figure that reads well needs none mended.
  return found.some(({ kind, mended }) => kind === 'money' && !mended) ? found : withMended(row, key, style, found);
}

function amountOf(row: Row, key: string, match: RegExpExecArray, style: NumberStyle): Amount | null {
  const all = match[0];
  const digits = match[1] ?? '';
  const closing = match[2];
  const percent = match[3];
  // `NETTO19%`: a rate is one also where it is run together with its label.
  const opening = openingOf(key, match.index) ?? (percent === undefined ? null : gluedRate(key, match.index));
  const parts = opening === null ? null : partsOf(digits, style);
  const value = parts === null ? null : moneyFromDigits(parts.whole, parts.fraction);
  if (opening === null || parts === null || value === null) return null;
  // `(909)948-1362`: a telephone number's first part.
  if (opening.bracket && closing === ')' && /^ ?\d/.test(key.slice(match.index + all.length))) return null;
  const negative =
    opening.minus ||
    closing?.endsWith('-') === true ||
    closing?.endsWith('R') === true ||
    (opening.bracket && closing === ')');
  // `RON95`, `EUR5`: a grade or a class among prices with decimals, not a whole price.
  const is_code = opening.mark?.length === 3 && LETTER_BEFORE.test(key.slice(0, match.index));
  if (is_code && parts.fraction === '' && style.decimals === 2) return null;
  const mark = opening.mark ?? match[4] ?? null;
  const to = match.index + all.length;
  const words = wordsBetween(row, opening.from, to);
  return {
    kind: kindOf(percent !== undefined, mark !== null, parts.fraction.length, digits, style),
    value: negative ? -value : value,
    decimals: parts.fraction.length,
    currency: mark === null ? null : (CURRENCY_MARKS.get(mark) ?? mark),
    // `16.30EUR` among prices with a comma: the mark beside it says that it is money.
    mended: parts.foreign_mark && (mark === null || parts.fraction.length !== 2),
    from: opening.from,
    to,
    left: words[0]?.left ?? row.left,
    right: words.at(-1)?.right ?? row.right,
    words,
  };
}

const LETTER_BEFORE = /[A-Z]$/;

function gluedRate(key: string, from: number): Opening | null {
  return LETTER_BEFORE.test(key.slice(0, from)) ? { from, bracket: false, minus: false, mark: null } : null;
}

function kindOf(percent: boolean, marked: boolean, decimals: number, digits: string, style: NumberStyle): AmountKind {
  if (percent) return 'percent';
  if (marked || decimals === 2 || (style.decimals === 3 && decimals === 3)) return 'money';
  if (decimals === 1 && style.tenths === true) return 'money';
  return style.decimals === 0 && decimals === 0 && /[.,' ]/.test(digits) ? 'money' : 'number';
}

interface Parts {
  readonly whole: string;
  readonly fraction: string;
  /** The decimal mark is not the one that the rest of the receipt uses. */
  readonly foreign_mark: boolean;
}

/** Splits printed digits at their decimal mark. `1.234` is a thousand or a fraction: the receipt's style decides. */
function partsOf(digits: string, style: NumberStyle): Parts | null {
  const plain = plainPartsOf(digits, style);
  if (plain !== null) return plain;
  const tight = digits.replace(/[' ]/g, '');
  const last = Math.max(tight.lastIndexOf('.'), tight.lastIndexOf(','));
  if (last < 0) return { whole: tight, fraction: '', foreign_mark: false };
  const mark = tight[last];
  const behind = tight.slice(last + 1);
  const before = tight.slice(0, last);
  const groups_before = /[.,]/.test(before);
  const grouped =
    behind.length === 3 &&
    before !== '' &&
    before !== '0' &&
    style.decimals !== 3 &&
    (style.decimals === 0 || mark !== style.decimal_mark || before.includes(mark ?? ''));
  if (grouped) return { whole: tight.replace(/[.,]/g, ''), fraction: '', foreign_mark: false };
  // "1,234.56" has one mark for groups and the other for decimals; the same mark twice is no number ("1.2.34").
  if (groups_before && before.includes(mark ?? '')) return null;
  return { whole: before.replace(/[.,]/g, ''), fraction: behind, foreign_mark: mark !== style.decimal_mark };
}

const POINT = '.'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);

/** Digits, a mark, one or two digits: no groups and no three decimals, nothing to decide. Null for all else. */
function plainPartsOf(digits: string, style: NumberStyle): Parts | null {
  let mark_at = -1;
  for (let i = 0; i < digits.length; i += 1) {
    const code = digits.charCodeAt(i);
    if (code >= 48 && code <= 57) continue;
    if (mark_at >= 0 || i === 0 || (code !== POINT && code !== COMMA)) return null;
    mark_at = i;
  }
  if (mark_at < 0) return { whole: digits, fraction: '', foreign_mark: false };
  const decimals = digits.length - mark_at - 1;
  if (decimals < 1 || decimals > 2) return null;
  return {
    whole: digits.slice(0, mark_at),
    fraction: digits.slice(mark_at + 1),
    foreign_mark: digits[mark_at] !== style.decimal_mark,
  };
}

function withMended(row: Row, key: string, style: NumberStyle, found: readonly Amount[]): Amount[] {
  if (!/\d[.,OQDILSBZ|]|[.,OQDILSBZ|]\d/.test(key)) return [...found];
  const mended: Amount[] = [];
  for (const match of matches(MENDABLE, key)) {
    const text = match[0];
    if (!/\d/.test(text) || !/[OQDILSBZ|]/.test(text.replace(/^[-(]?(?:RM|[$€£])/, ''))) continue;
    const from = match.index;
    const to = from + text.length;
    const digits = text.replace(/^[-(]?(?:RM|[$€£])?/, '').replace(/[OQDILSBZ|]/g, (letter) => MENDS[letter] ?? letter);
    const parts = partsOf(digits.replace(/\)$/, ''), style);
    const value = parts === null ? null : moneyFromDigits(parts.whole, parts.fraction);
    if (parts === null || value === null) continue;
    const words = wordsBetween(row, from, to);
    mended.push({
      kind: 'money',
      value: /^[-(]/.test(text) ? -value : value,
      decimals: parts.fraction.length,
      currency: null,
      mended: true,
      from,
      to,
      left: words[0]?.left ?? row.left,
      right: words.at(-1)?.right ?? row.right,
      words,
    });
  }
  // What was read of a word before it was mended (the 1 of `1O.50`) is part of it.
  const rest = found.filter((amount) => !mended.some(({ from, to }) => amount.from < to && from < amount.to));
  return [...rest, ...mended].sort((a, b) => a.from - b.from);
}
