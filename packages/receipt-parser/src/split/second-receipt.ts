import type { Money } from '../amounts/money.ts';
import { reconcile } from '../checks/reconcile.ts';
import type { Solution } from '../checks/solve.ts';
import { scanDates } from '../dates/scan-dates.ts';
import { phrases } from '../languages/languages.ts';
import type { Figures } from '../zones/figures.ts';

const OTHER_DAY = phrases('other_day');
/** What is bought behind a total, at least, where it is another receipt's. */
const GOODS_MIN = 2;
const DIGITS_MIN = 5;

/**
 * Whether the rows read as two receipts that could not be set apart: two totals of which none leads to the other, each
 * with a day of its own, or goods and another total below what was paid.
 */
export function hasSecondReceipt(figures: readonly Figures[], solution: Solution): boolean {
  const totals = figures.filter((row) => row.money.length > 0 && row.role === 'total' && !inTable(row.index));
  const rivals = totals.length < 2 ? [] : totals.filter((total) => !isOfChosen(total));
  if (rivals.length === 0) return false;
  return daysOf(figures) > 1 || rivals.some((total) => isBoughtAnew(figures, total.index, solution.total?.row ?? 0));

  function inTable(index: number): boolean {
    return solution.zones.tax_table.some((row) => row.index === index);
  }

  /** The total itself, one before charges, or what is left to pay. */
  function isOfChosen({ money }: Figures): boolean {
    const chosen = Math.abs(solution.total?.amount.value ?? 0);
    return money.some(({ value }) => isPart(Math.abs(value), chosen));
  }

  function isPart(value: Money, chosen: Money): boolean {
    const { adjustments, summary } = solution;
    return (
      value === 0 ||
      value === chosen ||
      reconcile(value, chosen, adjustments) !== null ||
      reconcile(chosen, value, adjustments) !== null ||
      summary.some(({ role, amount }) => role === 'subtotal' && Math.abs(amount.value) === value)
    );
  }
}

function daysOf(figures: readonly Figures[]): number {
  const days = new Set<string>();
  for (const { row } of figures) {
    if (row.digits < DIGITS_MIN || OTHER_DAY.test(row.key)) continue;
    for (const { parts, compact } of scanDates(row.key)) if (!compact) days.add(parts.join('-'));
  }
  return days.size;
}

/** Between the two totals, below what was paid for the upper one, rows of goods with their prices. */
function isBoughtAnew(figures: readonly Figures[], a: number, b: number): boolean {
  const between = figures.slice(Math.min(a, b) + 1, Math.max(a, b));
  const paid = between.findIndex(({ role, money }) => role === 'tendered' && money.length > 0);
  if (paid < 0) return false;
  const goods = between.slice(paid + 1).filter(({ role, money, label }) => {
    return role === null && money.length > 0 && /\p{L}{3}/u.test(label);
  });
  return goods.length >= GOODS_MIN;
}
