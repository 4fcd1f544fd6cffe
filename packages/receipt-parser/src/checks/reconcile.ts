import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import type { SummaryFigure } from '../summary/read-summary.ts';

/** What the summary adds to the items, each as a signed amount. */
export interface Adjustments {
  readonly discounts: Money;
  readonly service_charge: Money;
  readonly tip: Money;
  readonly deposit: Money;
  readonly rounding: Money;
  /** What was paid, by what was handed over and given back: in cash it is rounded, often without a row that says so. */
  readonly paid: ReadonlySet<Money>;
  /** Readings of the tax: as its rows add up, or as the table of taxes does; 0 where it is contained in the prices. */
  readonly taxes: readonly Money[];
}

/** A way in which a sum comes out: which adjustments were counted. */
export interface Reconciliation {
  readonly tax_added: Money;
  readonly discount_added: Money;
  readonly rounding_added: Money;
  /** Fewer is plainer: how many printed adjustments had to be left out. */
  readonly left_out: number;
}

export function adjustmentsOf(
  summary: readonly SummaryFigure[],
  table_tax: Money | null,
  paid: ReadonlySet<Money>,
): Adjustments {
  const sum = (role: SummaryFigure['role']): Money =>
    summary.filter((figure) => figure.role === role).reduce((total, { amount }) => total + Math.abs(amount.value), 0);
  const tax_rows = summary.filter(({ role }) => role === 'tax').map(({ amount }) => amount.value);
  const taxes = [tax_rows.reduce((total, value) => total + value, 0), ...tax_rows, table_tax ?? 0];
  return {
    discounts: -sum('discount'),
    service_charge: sum('service_charge'),
    tip: sum('tip'),
    deposit: sum('deposit'),
    rounding: summary.filter(({ role }) => role === 'rounding').reduce((total, { amount }) => total + amount.value, 0),
    paid,
    taxes: [...new Set(taxes.filter((value) => value !== 0))],
  };
}

/**
 * Finds how `from` (the items' sum, or the subtotal) becomes `to` (the total) by the printed adjustments. Taxes are
 * contained or added, a discount is printed beside prices that have it already or not, a tip is inside the total or
 * below it; a rounding's sign is often left off. Null where no reading comes out exactly.
 */
export function reconcile(from: Money, to: Money, adjustments: Adjustments): Reconciliation | null {
  let best: Reconciliation | null = null;
  const discounts = options(adjustments.discounts);
  const services = options(adjustments.service_charge);
  const extras = extrasOf(adjustments);
  const roundings = [...signed(adjustments.rounding), ...unprinted(to, adjustments)];
  for (const tax_added of [0, ...adjustments.taxes]) {
    for (const discount_added of discounts) {
      for (const service_added of services) {
        for (const extra_added of extras) {
          for (const rounding_added of roundings) {
            if (from + tax_added + discount_added + service_added + extra_added + rounding_added !== to) continue;
            const left_out =
              Number(discount_added !== adjustments.discounts) +
              Number(service_added !== adjustments.service_charge) +
              Number(rounding_added !== adjustments.rounding);
            if (best === null || left_out < best.left_out)
              best = { tax_added, discount_added, rounding_added, left_out };
          }
        }
      }
    }
  }
  return best;
}

const NOTHING: readonly Money[] = [0];

function options(value: Money): readonly Money[] {
  return value === 0 ? NOTHING : [value, 0];
}

function signed(rounding: Money): readonly Money[] {
  return rounding === 0 ? NOTHING : [rounding, -rounding, 0];
}

const CENT = MONEY_SCALE / 100;
/** The coins that cash is rounded to where cents are out of use. */
const COIN = 5 * CENT;
const UNPRINTED = [-4, -3, -2, -1, 1, 2, 3, 4].map((cents) => cents * CENT);

/**
 * `37.01` for which 37.00 was handed over and nothing given back; and where several taxes are rounded each by itself,
 * what is printed as the rounding may miss the coin by a cent.
 */
function unprinted(to: Money, { rounding, paid, taxes }: Adjustments): readonly Money[] {
  if (to % COIN !== 0) return NONE;
  if (rounding === 0) return paid.has(to) ? UNPRINTED : NONE;
  return taxes.length > 1 ? [rounding - CENT, rounding + CENT] : NONE;
}

const NONE: readonly Money[] = [];

function extrasOf({ tip, deposit }: Adjustments): readonly Money[] {
  if (tip === 0) return deposit === 0 ? NOTHING : [0, deposit];
  return deposit === 0 ? [0, tip] : [0, tip, deposit, tip + deposit];
}
