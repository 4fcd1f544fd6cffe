import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import { phrases } from '../languages/languages.ts';
import type { Word } from '../layout/word.ts';
import type { Figures } from '../zones/figures.ts';
import type { Zones } from '../zones/zones.ts';
import type { SummaryFigure } from './read-summary.ts';

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

const TAX_BASE = phrases('tax_base');
const RATE_STEP = 0.1 * MONEY_SCALE;

/** The taxes by rate: from the table of taxes where one is printed, else from the summary's rows. */
export function readTaxes(zones: Zones, summary: readonly SummaryFigure[]): FoundTax[] {
  const table = zones.tax_table.flatMap((row) => taxOfTableRow(row) ?? []);
  if (table.length > 0) return table;
  return withoutSum(
    summary
      .filter(({ role, label }) => role === 'tax' && !TAX_BASE.test(label))
      .map(({ figures, amount, rate }) => ({ label: labelWords(figures), rate, ...baseAndTax(figures, amount, rate) })),
  );
}

type BaseAndTax = Pick<FoundTax, 'amount' | 'base' | 'consistent'>;

/** `MWST 20%  9,93  NETTO  49,64`: base and tax stand in any order; the pair that the rate joins is taken. */
function baseAndTax({ money }: Figures, amount: Amount, rate: Amount | null): BaseAndTax {
  const others = money.filter((other) => other !== amount);
  if (rate === null || others.length === 0) return { amount, base: others[0] ?? null, consistent: null };
  for (const tax of money) {
    const base = money.find(
      (other) => other !== tax && Math.abs(other.value) > Math.abs(tax.value) && fits(rate, other.value, tax.value),
    );
    if (base !== undefined) return { amount: tax, base, consistent: true };
  }
  return { amount, base: money[0] ?? null, consistent: money[0] === amount ? null : false };
}

const SUM = phrases('sum_row');

/** Without the row that adds the others up: `SUMA PTU`, `TOTAL TAX`. */
function withoutSum(taxes: FoundTax[]): FoundTax[] {
  const all = taxes.reduce((sum, { amount }) => sum + amount.value, 0);
  const total = taxes.findLast(
    ({ amount, label }) => 2 * amount.value === all && SUM.test(label.map(({ key }) => key).join(' ')),
  );
  return taxes.length < 2 || total === undefined ? taxes : taxes.filter((tax) => tax !== total);
}

/** The sum of a table's taxes; null without a table. */
export function tableTax(taxes: readonly FoundTax[], zones: Zones): Money | null {
  return zones.tax_table.length === 0 || taxes.length === 0
    ? null
    : taxes.reduce((sum, { amount }) => sum + amount.value, 0);
}

function taxOfTableRow(row: Figures): FoundTax | null {
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
        decimals <= 2 &&
        value >= 0 &&
        value <= RATE_MAX &&
        value % RATE_STEP === 0,
    ) ?? null
  );
}

function fits(rate: Amount, base: Money, tax: Money): boolean {
  return Math.abs((base * rate.value) / MONEY_SCALE / 100 - tax) <= TAX_TOLERANCE;
}

function labelWords(row: Figures): Word[] {
  const figures = new Set(row.amounts.flatMap(({ words }) => words));
  return row.row.words.filter((word) => !figures.has(word) && /\p{L}/u.test(word.key));
}
