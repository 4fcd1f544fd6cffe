import type { NumberStyle } from '../amounts/number-style.ts';
import { sumOf } from '../items/sum.ts';
import type { Role } from '../labels/labels.ts';
import type { Figures } from '../zones/figures.ts';
import { bordersOf, zonesOf } from '../zones/zones.ts';
import { bestUnder, type Solution, type WantedTotal } from './solve.ts';

/** Rows above the total that the items are tried to end at; there are hardly ever more charges than this. */
const ENDS_MAX = 8;
const PARTS: ReadonlySet<Role> = new Set<Role>([
  'total',
  'subtotal',
  'amount',
  'tax',
  'tax_base',
  'service_charge',
  'tip',
  'rounding',
  'tendered',
  'change',
  'count',
]);

/**
 * The items that lead to a total which is known, where no label says that they end: every row of money from the total's
 * first one upwards is tried as the first behind them. What stands between has to be a charge, their sum once more, or
 * the total. Null where nothing comes out.
 */
export function solveAbove(figures: readonly Figures[], style: NumberStyle, wanted: WantedTotal): Solution | null {
  const value = Math.abs(wanted.amount.value);
  const borders = bordersOf(figures);
  const rows = figures.filter(({ index, money }) => index > borders.start && index <= wanted.row && money.length > 0);
  const at = rows.findIndex(({ money }) => Math.abs(money.at(-1)?.value ?? 0) === value);
  if (at < 0) return null;
  for (let end = at; end >= Math.max(at - ENDS_MAX, 0); end -= 1) {
    const first = rows[end];
    if (first === undefined) continue;
    const zones = zonesOf(figures, { ...borders, ends: [first.index] });
    // What its label calls a part of the sum was not bought.
    if (zones.items.some(({ role, money }) => role !== null && PARTS.has(role) && money.length > 0)) continue;
    const solution = bestUnder(zones, style, 0, wanted);
    if (solution.reconciliation === null || solution.reconciliation.left_out > 0) continue;
    const sum = Math.abs(sumOf(solution.items));
    const explained = rows.slice(end, at).every(({ role, money }) => role !== null || money.at(-1)?.value === sum);
    if (explained) return solution;
  }
  return null;
}
