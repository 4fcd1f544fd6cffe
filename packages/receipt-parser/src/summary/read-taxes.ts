import type { Amount } from '../amounts/amount.ts';
import type { Money } from '../amounts/money.ts';
import { phrases } from '../languages/languages.ts';
import type { Figures } from '../zones/figures.ts';
import { type FoundTax, fits, labelWords, taxOfTableRow } from '../zones/tax-row.ts';
import type { Zones } from '../zones/zones.ts';
import type { SummaryFigure } from './read-summary.ts';

const TAX_BASE = phrases('tax_base');

/** The taxes by rate: from the table of taxes where one is printed, else from the summary's rows. */
export function readTaxes(zones: Zones, summary: readonly SummaryFigure[]): FoundTax[] {
  const table = zones.tax_table.flatMap((row) => taxOfTableRow(row) ?? []);
  if (table.length > 0) return table;
  const labelled = summary
    .filter(({ role, label }) => role === 'tax' && !TAX_BASE.test(label))
    .map(({ figures, amount, rate }) => ({ label: labelWords(figures), rate, ...baseAndTax(figures, amount, rate) }));
  const bare = bareRows(zones);
  // A title of rates and taxes whose figures stand in the rows below it: these are a table without a known title.
  const is_titled = labelled.length > 0 && labelled.every(({ amount }) => bare.some((row) => row.amount === amount));
  if (is_titled) return bare;
  return labelled.length > 0 ? withoutSum(labelled) : [...bare, ...belowNet(summary)];
}

/** `10.00%  14.53  1.45` below a title that was not read. */
function bareRows({ summary }: Zones): FoundTax[] {
  return summary.flatMap((row) => {
    const tax = row.role === null && row.money.length > 1 ? taxOfTableRow(row) : null;
    return tax?.consistent === true && !/\p{L}{2}/u.test(row.label) ? [tax] : [];
  });
}

/** `NETTO 19%  17,14`, and below it a figure without a label that is the rate's part of it. */
function belowNet(summary: readonly SummaryFigure[]): FoundTax[] {
  return summary.flatMap(({ role, rate, amount: base, figures }): FoundTax[] => {
    if (role !== 'subtotal' || rate === null) return [];
    const tax = summary.find(
      (other) =>
        other.role === 'unnamed' &&
        other.figures.index === figures.index + 1 &&
        fits(rate, base.value, other.amount.value),
    );
    return tax === undefined ? [] : [{ label: [], rate, amount: tax.amount, base, consistent: true }];
  });
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
  // `VAT 5%  0.00  0.00  0.00`: of nothing.
  const is_nothing = money.every(({ value }) => value === 0);
  return { amount, base: money[0] ?? null, consistent: money[0] === amount || is_nothing ? null : false };
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
