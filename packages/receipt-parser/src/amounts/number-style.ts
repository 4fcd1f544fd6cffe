import { phrases } from '../languages/languages.ts';
import type { Row } from '../layout/row.ts';
import { matches } from '../text/matches.ts';
import { MARK_BEHIND_SOURCE } from './currency-marks.ts';

/** How a receipt writes numbers: its decimal mark, how many decimals its prices have, and what parts its thousands. */
export interface NumberStyle {
  readonly decimal_mark: '.' | ',';
  /** 2 nearly everywhere; 0 where prices are whole numbers (yen, won, rupiah), 3 where a unit has a thousand parts (dinars, rials). */
  readonly decimals: 0 | 2 | 3;
  /** Thousands are parted by blanks: `2 800 Kc`. */
  readonly spaced_groups: boolean;
  /** Prices are printed to a tenth: `75.0`. */
  readonly tenths?: boolean;
}

/** `1.50` has no fewer. */
const DIGITS_MIN = 3;
/** A number with a mark in it, whatever the mark parts; a percentage is none. */
const MARKED = /(?<![\d.,/:])(?<![\dA-Z]-)\d[\d']*(?:[.,] ?\d+)+(?![\d]| ?%|[/:-]\d)/g;
const PRICE = /^\d+([.,]) ?\d\d$/;
const GROUPED_PRICE = /^\d{1,3}(?:([.,'])\d{2,3})+([.,])\d\d$/;
/** A price to a tenth, as Hong Kong's. */
const TENTHS = /^\d+\.\d$/;
const GROUPS = /^\d{1,3}(?:([.,])\d{2,3})*([.,])\d{3}$/;
/** Thousands with a blank, and a currency mark or the end of the row behind. */
const SPACED = new RegExp(String.raw`(?<![\d.,])\d{1,3}(?: \d{3})+(?:[.,]\d\d)?(?: ?(?:${MARK_BEHIND_SOURCE}))?$`);
const SPACED_AND_MARKED = new RegExp(
  String.raw`(?<![\d.,])\d{1,3}(?: \d{3})+(?:,\d\d)? ?(?:${MARK_BEHIND_SOURCE})(?![A-Z\d])`,
);
/** A lone `1.5` is a bottle's size. */
const TENTHS_MIN = 3;
const SUM = phrases('sum_row');
/** Currencies of three decimals: of Kuwait, Oman, Jordan, Tunisia, Iraq, Libya, Bahrain (whose BHD is a Malaysian company's form). */
const THOUSAND_PARTS = /(?<![A-Z])(?:KWD|KD|OMR|JOD|TND|IQD|LYD|BD)(?![A-Z])/;

/**
 * Reads the style off the receipt itself, never off the machine's locale: of each row only the last number votes, as
 * that is where amounts stand; quantities and unit prices before it are written by other rules. A mark before exactly
 * two digits is a vote for that mark; marks before three digits and nothing else speak for prices without decimals.
 */
export function numberStyleOf(rows: readonly Row[]): NumberStyle {
  let points = 0;
  let commas = 0;
  let point_groups = 0;
  let comma_groups = 0;
  let spaced_groups = false;
  let tenths = 0;
  const priced: string[] = [];
  const grouped: string[] = [];
  for (const { key, digits } of rows) {
    if (digits < DIGITS_MIN) continue;
    spaced_groups ||= isSpaced(key);
    if (!/\d[.,] ?\d/.test(key)) continue;
    const last = matches(MARKED, key).at(-1)?.[0];
    if (last === undefined) continue;
    const mark = PRICE.exec(last)?.[1] ?? markOfGrouped(last);
    if (mark !== undefined) {
      if (mark === '.') points += 1;
      else commas += 1;
      priced.push(key);
      continue;
    }
    const group = GROUPS.exec(last);
    if (group === null) {
      if (TENTHS.test(last)) tenths += 1;
      continue;
    }
    if (group[2] === '.') point_groups += 1;
    else comma_groups += 1;
    grouped.push(key);
  }
  const groups = point_groups + comma_groups;
  if (groups > points + commas && rows.some(({ key }) => THOUSAND_PARTS.test(key)))
    return { decimal_mark: point_groups >= comma_groups ? '.' : ',', decimals: 3, spaced_groups: false };
  if (tenths >= TENTHS_MIN && points + commas + groups === 0)
    return { decimal_mark: '.', decimals: 2, spaced_groups: false, tenths: true };
  // Litres and their price have three decimals: where the sums have two, those are no groups.
  const isSum = (key: string): boolean => SUM.test(key);
  const is_whole = groups > points + commas && (!priced.some(isSum) || grouped.some(isSum));
  if (is_whole || points + commas === 0)
    return { decimal_mark: point_groups > comma_groups ? ',' : '.', decimals: 0, spaced_groups };
  return { decimal_mark: commas > points ? ',' : '.', decimals: 2, spaced_groups: spaced_groups || commas > points };
}

/** `1,234.50`, `1.05.000,00`: what parts the decimals differs from what parts the groups. */
function markOfGrouped(text: string): string | undefined {
  const [, group, mark] = GROUPED_PRICE.exec(text) ?? [];
  return group === mark ? undefined : mark;
}

/** A quantity stands before no total, and no price has a currency behind three of its digits only. */
function isSpaced(key: string): boolean {
  return hasSpacedDigits(key) && (SPACED_AND_MARKED.test(key) || (SPACED.test(key) && SUM.test(key)));
}

const SPACE = ' '.charCodeAt(0);

/** A digit, a blank, and three digits. */
function hasSpacedDigits(key: string): boolean {
  for (let at = 1; at < key.length - 3; at += 1) {
    if (
      key.charCodeAt(at) === SPACE &&
      isDigit(key.charCodeAt(at + 1)) &&
      isDigit(key.charCodeAt(at - 1)) &&
      isDigit(key.charCodeAt(at + 2)) &&
      isDigit(key.charCodeAt(at + 3))
    )
      return true;
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
