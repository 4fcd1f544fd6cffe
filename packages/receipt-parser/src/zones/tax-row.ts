import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import type { Word } from '../layout/word.ts';
import type { Figures } from './figures.ts';

/** One tax of the receipt. */
export interface FoundTax {
  readonly label: readonly Word[];
  readonly rate: Amount | null;
  readonly amount: Amount;
  /** What the rate is taken of, where it is printed. */
  readonly base: Amount | null;
  /** base × rate = amount, in the one way or the other; null where that cannot be tried. */
  readonly consistent: boolean | null;
}

/** A printed tax differs from its rate's product by this much at most: it is rounded row by row. */
const TAX_TOLERANCE: Money = 0.02 * MONEY_SCALE;
/** The highest rate of a value added tax in use is Hungary's 27 %. */
const RATE_MAX = 30 * MONEY_SCALE;

const RATE_STEP = 0.1 * MONEY_SCALE;

/** A row of a table: rate, base, tax and gross in any order, as far as they are printed. */
export function taxOfTableRow(row: Figures): FoundTax | null {
  const rate = rateOf(row);
  const [only] = row.money;
  // `VAT 9%  2.19`, `TAX2  1.73`: without its base.
  if (only !== undefined && row.money.length === 1 && row.role === 'tax')
    return { label: labelWords(row), rate, amount: only, base: null, consistent: null };
  if (rate === null || row.money.length < 2) return null;
  // Columns come in any order (base, tax, gross): the pair that the rate joins is base and tax.
  for (const amount of row.money) {
    for (const base of row.money) {
      if (amount !== base && Math.abs(amount.value) <= Math.abs(base.value) && fits(rate, base.value, amount.value)) {
        return { label: labelWords(row), rate, amount, base, consistent: true };
      }
    }
  }
  const [base, amount] = row.money;
  return base === undefined || amount === undefined || Math.abs(amount.value) > Math.abs(base.value)
    ? null
    : { label: labelWords(row), rate, amount, base, consistent: false };
}

function rateOf(row: Figures): Amount | null {
  const printed = row.amounts.find(({ kind }) => kind === 'percent');
  if (printed !== undefined) return printed;
  // `SR  6  52.00  3.12` under a column titled %: the first small number, and no rate is finer than a tenth of a per cent.
  return (
    row.amounts.find(
      ({ value, decimals, currency }, i) =>
        i === 0 &&
        row.amounts.length >= 3 &&
        currency === null &&
        decimals <= 3 &&
        value >= 0 &&
        value <= RATE_MAX &&
        value % RATE_STEP === 0,
    ) ?? null
  );
}

export function fits(rate: Amount, base: Money, tax: Money): boolean {
  return Math.abs((base * rate.value) / MONEY_SCALE / 100 - tax) <= TAX_TOLERANCE;
}

export function labelWords(row: Figures): Word[] {
  const figures = new Set(row.amounts.flatMap(({ words }) => words));
  return row.row.words.filter((word) => !figures.has(word) && /\p{L}/u.test(word.key));
}
