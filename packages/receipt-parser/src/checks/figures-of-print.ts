import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import { sumOf } from '../items/sum.ts';
import { phrases } from '../languages/languages.ts';
import type { SummaryFigure } from '../summary/read-summary.ts';
import type { CheckedFigures } from './checks.ts';
import type { Solution } from './solve.ts';

/** What is checked of a receipt as it is printed; null without a total, to which everything comes. */
export function figuresOfPrint(solution: Solution, decimals: number): CheckedFigures | null {
  const { total, items, summary, taxes, adjustments, reconciliation } = solution;
  if (total === null) return null;
  const amounts = (role: SummaryFigure['role']) =>
    summary.filter((figure) => figure.role === role).map(({ amount }) => amount.value);
  const bought = items.filter(({ kind }) => kind === 'item');
  const unproven = taxes.filter(({ consistent }) => consistent !== true).map(({ amount }) => amount.value);
  return {
    total: total.amount.value,
    decimals,
    items: {
      rows: items.length,
      count: bought.length,
      sum: sumOf(items),
      units: bought.reduce((sum, { quantity }) => sum + (quantity?.value ?? MONEY_SCALE), 0),
    },
    is_sum: reconciliation !== null,
    adjustments,
    subtotals: amounts('subtotal'),
    tendered: amounts('tendered').map(Math.abs),
    change: amounts('change').at(-1) ?? null,
    rated_taxes: ratedTaxes(solution),
    unproven_tax: Math.max(0, ...unproven),
    counted: countedNumbers(solution),
    confirmed: new Set(),
  };
}

function ratedTaxes({ taxes }: Solution): CheckedFigures['rated_taxes'] {
  return taxes.flatMap(({ consistent, amount, base, rate }) => {
    if (consistent === null || base === null || rate === null) return [];
    const product = Math.round((base.value * rate.value) / (100 * MONEY_SCALE));
    return [{ expected: consistent ? amount.value : product, actual: amount.value }];
  });
}

const COUNTED = phrases('count_check');

function countedNumbers({ zones }: Solution): readonly Money[] {
  return zones.summary
    .filter(({ role, label }) => role === 'count' && COUNTED.test(label))
    .flatMap(({ amounts }) => amounts.filter(({ kind, decimals }) => kind === 'number' && decimals === 0).slice(0, 2))
    .map(({ value }) => value);
}
