import type { Check } from '@slipstream/shared';
import type { Money } from '../amounts/money.ts';
import { CONTAINED_TAX_MAX } from '../amounts/tax-rates.ts';

/** A receipt's charges and what they should lead to, as money. */
export interface ChargedSum {
  /** What the sum begins with: the items, and the subtotal where one is printed. */
  readonly from: readonly Money[];
  readonly total: Money;
  /** Negative. */
  readonly discounts: Money;
  readonly service_charge: Money;
  readonly tip: Money;
  /** Printed, but no field of a receipt. */
  readonly deposit: Money;
  readonly rounding: Money;
  /** Ways in which the taxes may be added: all of them, or one. */
  readonly taxes: readonly Money[];
  /** The largest tax whose own rate and base do not prove it; 0 where there is none. */
  readonly unproven_tax: Money;
  /** What was handed over. */
  readonly tendered: Money | null;
}

/**
 * The charges that no sum contains, each as a check that fails: a figure of another row, or a row of zeros that was
 * misread, is easily taken for a discount. Nothing is said where no sum comes out at all: other checks say that.
 */
export function chargesCheck(sum: ChargedSum, text: (money: Money) => string): Check[] {
  const left_out = fewestLeftOut(sum);
  if (left_out === null) return [];
  return left_out.map((charge): Check => {
    const amount = charge === 'tax' ? sum.unproven_tax : sum[charge];
    return { id: `${charge}_in_sum`, ok: false, expected: null, actual: text(amount) };
  });
}

const CHARGES = ['discounts', 'service_charge', 'tip', 'rounding'] as const;
type Charge = (typeof CHARGES)[number] | 'tax';

/** What stays outside in the reading of the sum that contains most of it; null where none comes out. */
function fewestLeftOut(sum: ChargedSum): readonly Charge[] | null {
  let best: readonly Charge[] | null = null;
  for (const counted of subsetsOf(CHARGES.filter((charge) => sum[charge] !== 0))) {
    for (const tax of [0, ...sum.taxes]) {
      if (!comesOut(sum, counted, tax)) continue;
      const left_out = leftOut(sum, counted, tax);
      if (best === null || left_out.length < best.length) best = left_out;
    }
  }
  return best;
}

function comesOut(sum: ChargedSum, counted: ReadonlySet<Charge>, tax: Money): boolean {
  const amount = (charge: (typeof CHARGES)[number]): Money => (counted.has(charge) ? sum[charge] : 0);
  const added = amount('discounts') + amount('service_charge') + amount('tip') + tax;
  const rounding = amount('rounding');
  // A rounding's sign is often left off.
  return sum.from.some((from) =>
    [rounding, -rounding].some((rounded) =>
      [0, sum.deposit].some((deposit) => from + added + rounded + deposit === sum.total),
    ),
  );
}

function leftOut(sum: ChargedSum, counted: ReadonlySet<Charge>, tax: Money): readonly Charge[] {
  const outside = CHARGES.filter((charge) => sum[charge] !== 0 && !counted.has(charge) && !isPaidBeside(sum, charge));
  const isImpossibleTax = tax === 0 && Math.abs(sum.unproven_tax) > Math.abs(sum.total) * CONTAINED_TAX_MAX;
  return isImpossibleTax ? [...outside, 'tax'] : outside;
}

/** A tip may stand below the total: what was handed over then contains it. */
function isPaidBeside({ tip, total, tendered }: ChargedSum, charge: Charge): boolean {
  return charge === 'tip' && tendered === total + tip;
}

function subsetsOf<T>(all: readonly T[]): readonly ReadonlySet<T>[] {
  const sets = [new Set<T>()];
  for (const one of all) sets.push(...sets.map((set) => new Set([...set, one])));
  return sets;
}
