import type { Row } from '../layout/row.ts';
import { matches } from '../text/matches.ts';

/** How a receipt writes numbers: its decimal mark, and how many decimals its prices have. */
export interface NumberStyle {
  readonly decimal_mark: '.' | ',';
  /** 2 nearly everywhere; 0 where prices are whole numbers (yen, won, rupiah). */
  readonly decimals: 0 | 2;
}

const POINT = '.'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
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
    for (let i = 1; i < key.length - 2; i += 1) {
      const mark = key.charCodeAt(i);
      if ((mark !== POINT && mark !== COMMA) || !isPrice(key, i)) continue;
      if (mark === POINT) points += 1;
      else commas += 1;
    }
    if (!/[.,]\d{3}/.test(key)) continue;
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

/** Whether a price's mark stands at `at`: behind a digit, before two digits and no more of a number, date or time. */
function isPrice(key: string, at: number): boolean {
  return (
    isDigit(key.charCodeAt(at - 1)) &&
    isDigit(key.charCodeAt(at + 1)) &&
    isDigit(key.charCodeAt(at + 2)) &&
    !isOfNumber(key.charCodeAt(at + 3))
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Digits and the marks `,-./:`, but not NaN, which stands behind the last character. */
function isOfNumber(code: number): boolean {
  return code >= COMMA && code <= 58;
}
