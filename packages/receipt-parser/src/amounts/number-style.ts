import type { Row } from '../layout/row.ts';
import { matches } from '../text/matches.ts';

/** How a receipt writes numbers: its decimal mark, and how many decimals its prices have. */
export interface NumberStyle {
  readonly decimal_mark: '.' | ',';
  /** 2 nearly everywhere; 0 where prices are whole numbers (yen, won, rupiah). */
  readonly decimals: 0 | 2;
}

const TWO_DECIMALS = /\d([.,])\d\d(?![\d.,/:-]|\.?\d)/g;
/** `1.50` has no fewer. */
const DIGITS_MIN = 3;
const THOUSANDS_ONLY = /(?<![\d.,])\d{1,3}([.,])\d{3}(?![\d.,])/g;

/**
 * Reads the style off the receipt itself, never off the machine's locale. A mark followed by exactly two digits is a
 * vote for that mark; marks followed by three digits and nothing else speak for prices without decimals.
 */
export function numberStyleOf(rows: readonly Row[]): NumberStyle {
  let points = 0;
  let commas = 0;
  let point_groups = 0;
  let comma_groups = 0;
  for (const { key, digits } of rows) {
    if (digits < DIGITS_MIN || !/\d[.,]\d/.test(key)) continue;
    for (const match of matches(TWO_DECIMALS, key)) {
      if (match[1] === '.') points += 1;
      else commas += 1;
    }
    for (const match of matches(THOUSANDS_ONLY, key)) {
      if (match[1] === '.') point_groups += 1;
      else comma_groups += 1;
    }
  }
  const groups = point_groups + comma_groups;
  if (points === 0 && commas === 0) {
    return { decimal_mark: point_groups > comma_groups ? ',' : '.', decimals: 0 };
  }
  const decimals = groups > 3 * (points + commas) ? 0 : 2;
  return { decimal_mark: commas > points ? ',' : '.', decimals };
}
