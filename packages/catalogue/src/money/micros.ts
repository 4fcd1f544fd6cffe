/**
 * Amounts as exact integers of 10⁻⁶, which a decimal of the contracts has at most. An amount has up to 15 digits before
 * the point: more than 64 bits hold as millionths, so that a database keeps whole and fraction apart, each signed.
 */
const MILLION = 1_000_000n;
const DIGITS = 6;

export function microsOf(decimal: string): bigint {
  const isNegative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const micros = BigInt(whole) * MILLION + BigInt(fraction.padEnd(DIGITS, '0'));
  return isNegative ? -micros : micros;
}

export interface SplitAmount {
  readonly whole: bigint;
  /** −999,999 to 999,999, of the whole's sign. */
  readonly micro: bigint;
}

export function splitAmount(decimal: string): SplitAmount {
  const micros = microsOf(decimal);
  return { whole: micros / MILLION, micro: micros % MILLION };
}

/** Of sums, too, whose fractions were added for themselves. */
export const joinAmount = (whole: bigint, micro: bigint): bigint => whole * MILLION + micro;

/** As decimal text, with as many places as the currency has at least: "12.50", "1200" for JPY. Nothing is rounded. */
export function decimalOf(micros: bigint, currency: string | null): string {
  const sign = micros < 0n ? '-' : '';
  const absolute = micros < 0n ? -micros : micros;
  const fraction = String(absolute % MILLION)
    .padStart(DIGITS, '0')
    .replace(/0+$/, '');
  const places = fraction.padEnd(placesOf(currency), '0');
  return `${sign}${absolute / MILLION}${places === '' ? '' : `.${places}`}`;
}

const known = new Map<string, number>();

/** ISO 4217's minor unit, as ICU knows it; two where there is no currency, or one that nobody knows. */
function placesOf(currency: string | null): number {
  if (currency === null) return 2;
  const places =
    known.get(currency) ??
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2;
  known.set(currency, places);
  return places;
}
