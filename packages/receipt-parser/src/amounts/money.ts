/**
 * An amount as a whole number of ten-thousandths of the currency's unit, so that sums are exact. Printed prices have
 * at most four decimals (fuel, paper by the sheet); 2^53 ten-thousandths is 900 thousand million units.
 */
export type Money = number;

export const MONEY_SCALE = 10_000;
const DECIMALS = 4;
/** The largest amount that is read; more digits than that are a code, not money. */
const MONEY_MAX: Money = 99_999_999_999 * MONEY_SCALE;

/** Digits before and behind the decimal mark to money; null when out of bounds or finer than a ten-thousandth. */
export function moneyFromDigits(whole: string, fraction: string): Money | null {
  if (fraction.length > DECIMALS && /[1-9]/.test(fraction.slice(DECIMALS))) return null;
  const kept = fraction.slice(0, DECIMALS);
  const value = Number(whole) * MONEY_SCALE + Number(kept) * 10 ** (DECIMALS - kept.length);
  return Number.isSafeInteger(value) && value <= MONEY_MAX ? value : null;
}

/** Decimal text with at least `decimals` digits behind the point, as the receipt schema wants it. */
export function moneyToDecimal(money: Money, decimals: number): string {
  const size = Math.abs(money);
  const whole = Math.floor(size / MONEY_SCALE);
  const fraction = String(size % MONEY_SCALE).padStart(DECIMALS, '0');
  let keep = DECIMALS;
  while (keep > decimals && fraction[keep - 1] === '0') keep -= 1;
  const sign = money < 0 ? '-' : '';
  return keep === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction.slice(0, keep)}`;
}

/** Quantity times unit price, rounded to a ten-thousandth. */
export function times(a: Money, b: Money): Money {
  return Math.round((a / MONEY_SCALE) * b);
}
