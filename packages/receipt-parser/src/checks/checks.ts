import type { Check, Reason } from '@slipstream/shared';
import { type Money, moneyToDecimal } from '../amounts/money.ts';
import { sumOf } from '../items/sum.ts';
import { phrases } from '../languages/languages.ts';
import type { SummaryFigure } from '../summary/read-summary.ts';
import { chargesCheck } from './charges-check.ts';
import { reconcile } from './reconcile.ts';
import type { Solution } from './solve.ts';

/**
 * The arithmetic checks that the printed figures allow. A check that cannot be made is not listed; one that fails says
 * what was expected and what is there.
 */
export function checksOf(solution: Solution, decimals: number): Check[] {
  const { total } = solution;
  if (total === null) return [];
  const text = (money: Money): string => moneyToDecimal(money, decimals);
  const value = total.amount.value;
  return [
    ...itemsCheck(solution, value, text),
    ...subtotalCheck(solution, value, text),
    ...paidCheck(solution.summary, value, text),
    ...taxChecks(solution, text),
    ...countCheck(solution),
    ...unsupportedCharges(solution, value, text),
  ];
}

function itemsCheck({ items, reconciliation }: Solution, total: Money, text: (money: Money) => string): Check[] {
  if (items.length === 0) return [];
  // Where it does not come out, what is shown is the plain sum: the difference is what a person looks for.
  const ok = reconciliation !== null;
  return [{ id: 'items_make_total', ok, expected: text(total), actual: text(ok ? total : sumOf(items)) }];
}

function subtotalCheck({ summary, adjustments }: Solution, total: Money, text: (money: Money) => string): Check[] {
  const subtotals = summary.filter(({ role }) => role === 'subtotal').map(({ amount }) => amount.value);
  const [first] = subtotals;
  if (first === undefined) return [];
  const ok = subtotals.some((subtotal) => reconcile(subtotal, total, adjustments) !== null);
  // A subtotal that takes part in no sum is a base for taxes or the like: no check can be made of it.
  return ok ? [{ id: 'subtotal_makes_total', ok, expected: text(total), actual: text(total) }] : [];
}

function paidCheck(summary: readonly SummaryFigure[], total: Money, text: (money: Money) => string): Check[] {
  const tendered = summary.filter(({ role }) => role === 'tendered').map(({ amount }) => Math.abs(amount.value));
  const change = summary.findLast(({ role }) => role === 'change');
  const [first] = tendered;
  if (first === undefined || change === undefined) return [];
  const given = Math.abs(change.amount.value);
  const all = tendered.reduce((sum, value) => sum + value, 0);
  const ok = [...tendered, all].some((value) => value - given === total);
  return [{ id: 'paid_less_change', ok, expected: text(total), actual: text(ok ? total : first - given) }];
}

function taxChecks({ taxes }: Solution, text: (money: Money) => string): Check[] {
  return taxes.flatMap(({ consistent, amount, base, rate }) => {
    if (consistent === null || base === null || rate === null) return [];
    const expected = Math.round((base.value * rate.value) / 1_000_000);
    return [
      {
        id: 'tax_is_rate_of_base',
        ok: consistent,
        expected: text(consistent ? amount.value : expected),
        actual: text(amount.value),
      },
    ];
  });
}

function unsupportedCharges(
  { items, summary, taxes, adjustments, reconciliation }: Solution,
  total: Money,
  text: (money: Money) => string,
): Check[] {
  if (reconciliation === null) return [];
  const amounts = (role: SummaryFigure['role']) =>
    summary.filter((figure) => figure.role === role).map(({ amount }) => amount.value);
  const tendered = amounts('tendered').map(Math.abs);
  const unproven = taxes.filter(({ consistent }) => consistent !== true).map(({ amount }) => amount.value);
  return chargesCheck(
    {
      ...adjustments,
      from: [sumOf(items), ...amounts('subtotal')],
      total,
      unproven_tax: Math.max(0, ...unproven),
      tendered: tendered.length === 0 ? null : tendered.reduce((sum, value) => sum + value, 0),
    },
    text,
  );
}

const COUNTED = phrases('count_check');

/** `ITEM COUNT 3`, `TOTAL QTY: 5`: the number of items, or of units. */
function countCheck({ zones, items, reconciliation }: Solution): Check[] {
  const bought = items.filter(({ kind }) => kind === 'item');
  const counts = zones.summary.filter(({ role, label }) => role === 'count' && COUNTED.test(label));
  const printed = counts.flatMap(({ amounts }) =>
    amounts.filter(({ kind, decimals }) => kind === 'number' && decimals === 0).slice(0, 2),
  );
  const [first] = printed;
  if (first === undefined || bought.length === 0) return [];
  const units = bought.reduce((sum, { quantity }) => sum + (quantity?.value ?? 10_000), 0);
  const found = printed.find(({ value }) => value === bought.length * 10_000 || value === units);
  // Quantities are misread more often than sums come out by chance: a sum that holds overrules the count.
  if (found === undefined && reconciliation !== null) return [];
  return [
    {
      id: 'item_count',
      ok: found !== undefined,
      expected: moneyToDecimal(first.value, 0),
      actual: String(bought.length),
    },
  ];
}

/** What a person calls the charge that a check is of. */
const CHARGES: Readonly<Record<string, string>> = {
  discounts_in_sum: 'discount',
  service_charge_in_sum: 'service charge',
  tip_in_sum: 'tip',
  rounding_in_sum: 'rounding',
  tax_in_sum: 'tax',
};

/** Why a person should look at the receipt, from its checks. */
export function reasonsOfChecks(checks: readonly Check[]): Reason[] {
  const reasons: Reason[] = [];
  if (!checks.some(({ id, ok }) => id === 'items_make_total' && ok)) {
    const failed = checks.find(({ id }) => id === 'items_make_total');
    reasons.push(
      failed === undefined
        ? { code: 'ITEMS_MISSING', message: 'No items were found that could be added up to the total.' }
        : {
            code: 'ITEMS_DO_NOT_ADD_UP',
            message: `The items add up to ${failed.actual}, which does not lead to the total of ${failed.expected}: a row may be missing, doubled or misread.`,
          },
    );
  }
  for (const { id, ok, expected, actual } of checks) {
    if (ok) continue;
    if (id === 'paid_less_change')
      reasons.push({
        code: 'PAYMENT_MISMATCH',
        message: `Tendered less change is ${actual}, the total is ${expected}.`,
      });
    if (id === 'tax_is_rate_of_base')
      reasons.push({
        code: 'TAX_MISMATCH',
        message: `A tax of ${actual} is printed where its rate gives ${expected}.`,
      });
    if (id === 'item_count')
      reasons.push({
        code: 'ITEM_COUNT_MISMATCH',
        message: `The receipt counts ${expected} items, ${actual} were read.`,
      });
    const charge = CHARGES[id];
    if (charge !== undefined)
      reasons.push({
        code: 'CHARGE_UNPROVEN',
        message: `A ${charge} of ${actual} was read, but the sum comes out without it: it may be misread or no ${charge}.`,
      });
  }
  return reasons;
}
