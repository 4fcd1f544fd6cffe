import type { Check } from '@slipstream/shared';
import { MONEY_SCALE, type Money, moneyToDecimal } from '../amounts/money.ts';
import { chargesCheck } from './charges-check.ts';
import { type Adjustments, reconcile } from './reconcile.ts';

/**
 * The amounts that a receipt's arithmetic is made of, from its print or from its fields: one set of checks is of both.
 * Of the print more is known than a receipt keeps: several subtotals and tenders, the base of a tax, a counted number.
 */
export interface CheckedFigures {
  readonly total: Money;
  /** Digits behind the point in which the checks are told. */
  readonly decimals: number;
  readonly items: {
    /** Rows of the sum, with discounts that stand among the items. */
    readonly rows: number;
    readonly count: number;
    /** With those discounts that stand among the items. */
    readonly sum: Money;
    /** Pieces bought, in the scale of money: 2 of one and 3 of another are 5. */
    readonly units: Money;
  };
  /** Whether the items come to the total. */
  readonly is_sum: boolean;
  readonly adjustments: Adjustments;
  readonly subtotals: readonly Money[];
  /** What was handed over, in each way; positive. */
  readonly tendered: readonly Money[];
  readonly change: Money | null;
  /** Taxes whose base and rate are known: what these give, and what is there. */
  readonly rated_taxes: readonly { readonly expected: Money; readonly actual: Money }[];
  /** The largest tax that no base and rate prove; 0 where there is none. */
  readonly unproven_tax: Money;
  /** Numbers that may be a count of items, in the scale of money; the first is the one that is told. */
  readonly counted: readonly Money[];
  /** Checks of charges that a person has confirmed: no machine doubts them. */
  readonly confirmed: ReadonlySet<string>;
}

/**
 * The arithmetic checks that the figures allow. A check that cannot be made is not listed; one that fails says what was
 * expected and what is there.
 */
export function checksOf(figures: CheckedFigures): Check[] {
  const text = (money: Money): string => moneyToDecimal(money, figures.decimals);
  return [
    ...itemsCheck(figures, text),
    ...subtotalCheck(figures, text),
    ...paidCheck(figures, text),
    ...taxChecks(figures, text),
    ...countCheck(figures),
    ...unsupportedCharges(figures, text),
  ];
}

type Text = (money: Money) => string;

function itemsCheck({ items, is_sum: ok, total }: CheckedFigures, text: Text): Check[] {
  if (items.rows === 0) return [];
  // Where it does not come out, what is shown is the plain sum: the difference is what a person looks for.
  return [{ id: 'items_make_total', ok, expected: text(total), actual: text(ok ? total : items.sum) }];
}

function subtotalCheck({ subtotals, total, adjustments }: CheckedFigures, text: Text): Check[] {
  const ok = subtotals.some((subtotal) => reconcile(subtotal, total, adjustments) !== null);
  // A subtotal that takes part in no sum is a base for taxes or the like: no check can be made of it.
  return ok ? [{ id: 'subtotal_makes_total', ok, expected: text(total), actual: text(total) }] : [];
}

function paidCheck({ tendered, change, total }: CheckedFigures, text: Text): Check[] {
  const [first] = tendered;
  if (first === undefined || change === null) return [];
  const given = Math.abs(change);
  const ok = [...tendered, sumOf(tendered)].some((value) => value - given === total);
  return [{ id: 'paid_less_change', ok, expected: text(total), actual: text(ok ? total : first - given) }];
}

function taxChecks({ rated_taxes }: CheckedFigures, text: Text): Check[] {
  return rated_taxes.map(({ expected, actual }) => ({
    id: 'tax_is_rate_of_base',
    ok: expected === actual,
    expected: text(expected),
    actual: text(actual),
  }));
}

/** `ITEM COUNT 3`, `TOTAL QTY: 5`: the number of items, or of units. */
function countCheck({ counted, items, is_sum }: CheckedFigures): Check[] {
  const [first] = counted;
  if (first === undefined || items.count === 0) return [];
  const ok = counted.some((printed) => printed === items.count * MONEY_SCALE || printed === items.units);
  // Quantities are misread more often than sums come out by chance: a sum that holds overrules the count.
  if (!ok && is_sum) return [];
  return [{ id: 'item_count', ok, expected: moneyToDecimal(first, 0), actual: String(items.count) }];
}

function unsupportedCharges(figures: CheckedFigures, text: Text): Check[] {
  const { items, is_sum, total, adjustments, subtotals, unproven_tax, tendered, confirmed } = figures;
  if (!is_sum) return [];
  const from = [items.sum, ...subtotals];
  const paid = tendered.length === 0 ? null : sumOf(tendered);
  const charges = chargesCheck({ ...adjustments, from, total, unproven_tax, tendered: paid }, text);
  return charges.filter(({ id }) => !confirmed.has(id));
}

function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce((sum, value) => sum + value, 0);
}
