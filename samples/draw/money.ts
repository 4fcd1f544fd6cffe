/** Whole minor units (cents, yen): money is never a float. */
export type Minor = number;

export interface MoneyStyle {
  /** Minor units' digits: 2 for euros, 0 for yen. */
  readonly decimals: number;
  readonly point: '.' | ',';
}

/** "12.50": as the truth has it. */
export function decimalOf(minor: Minor, decimals: number): string {
  return printed(minor, { decimals, point: '.' });
}

/** "12,50": as a receipt prints it, without grouping. */
export function printed(minor: Minor, { decimals, point }: MoneyStyle): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}${point}${digits.slice(-decimals)}`;
}

/** The tax that is contained in `gross`, at `rate` per cent. */
export function containedTax(gross: Minor, rate: number): Minor {
  return Math.round((gross * rate) / (100 + rate));
}

export function sum(amounts: readonly Minor[]): Minor {
  return amounts.reduce((total, amount) => total + amount, 0);
}
