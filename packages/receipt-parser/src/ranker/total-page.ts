import type { Amount } from '../amounts/amount.ts';
import type { Money } from '../amounts/money.ts';
import type { Solution } from '../checks/solve.ts';
import { sumOf } from '../items/sum.ts';
import type { Role } from '../labels/labels.ts';
import type { SummaryFigure } from '../summary/read-summary.ts';
import { type MoneyRow, type Runs, runsOf } from './money-rows.ts';

/** What is the same for all the values of a receipt. */
export interface TotalPage {
  readonly items: Money;
  /** Every sum of some of the printed charges; discounts count negative. */
  readonly charges: ReadonlySet<Money>;
  readonly subtotals: readonly Money[];
  /** Every difference of a tendered amount and the change. */
  readonly paid: ReadonlySet<Money>;
  readonly largest: Money;
  readonly runs: Runs;
  readonly in_items: ReadonlySet<number>;
  readonly in_table: ReadonlySet<number>;
  /** The middle height of the amounts, and the place where they end. */
  readonly height: number;
  readonly right: number;
}

/** All sums of so many charges are tried. */
const CHARGES_MAX = 6;

export function totalPage(rows: readonly MoneyRow[], { zones, items, summary }: Solution): TotalPage {
  const of = (role: Role): Money[] => {
    const sizes: Money[] = [];
    for (const row of rows) if (row.role === role) sizes.push(row.size);
    return sizes;
  };
  const paid = new Set<Money>();
  const change = of('change');
  if (change.length > 0) {
    for (const given of of('tendered')) for (const back of change) if (given > back) paid.add(given - back);
  }
  return {
    items: Math.abs(sumOf(items)),
    charges: chargeSums(summary),
    subtotals: of('subtotal'),
    paid,
    largest: rows.reduce((largest, { figures, size }) => {
      let most = Math.max(largest, size);
      if (figures.money.length > 1) for (const { value } of figures.money) most = Math.max(most, Math.abs(value));
      return most;
    }, 0),
    runs: runsOf(rows),
    in_items: new Set(zones.items.map(({ index }) => index)),
    in_table: new Set(zones.tax_table.map(({ index }) => index)),
    height: middle(rows.map(({ amount }) => heightOf(amount))) || 1,
    right: middle(rows.map(({ amount }) => amount.right)),
  };
}

export function isCharge(role: Role | 'unnamed' | null): boolean {
  switch (role) {
    case 'tax':
    case 'service_charge':
    case 'tip':
    case 'discount':
    case 'deposit':
    case 'rounding':
      return true;
    default:
      return false;
  }
}

function chargeSums(summary: readonly SummaryFigure[]): ReadonlySet<Money> {
  const sums = new Set<Money>([0]);
  let counted = 0;
  for (const { role, amount } of summary) {
    if (!isCharge(role) || counted === CHARGES_MAX) continue;
    counted += 1;
    const value = Math.abs(amount.value);
    for (const sum of [...sums]) {
      sums.add(role === 'discount' ? sum - value : sum + value);
      if (role === 'rounding') sums.add(sum - value);
    }
  }
  sums.delete(0);
  return sums;
}

/** Height of the figure's tallest word. */
export function heightOf({ words }: Amount): number {
  let height = 0;
  for (const word of words) if (word.height > height) height = word.height;
  return height;
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
