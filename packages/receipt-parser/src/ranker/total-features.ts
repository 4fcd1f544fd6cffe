import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import type { Solution } from '../checks/solve.ts';
import { type Role, totalStrength } from '../labels/labels.ts';
import type { Figures } from '../zones/figures.ts';
import { type MoneyRow, moneyRows } from './money-rows.ts';
import { heightOf, isCharge, type TotalPage, totalPage } from './total-page.ts';

/** Where each feature stands among the inputs. Nothing of it is what the rules hold for the total. */
const AT = {
  size_rank: 0,
  is_largest: 1,
  of_largest: 2,
  of_items: 3,
  larger_below: 4,
  repeats: 5,
  first_place: 6,
  last_place: 7,
  rows_below: 8,
  height: 9,
  marked: 10,
  on_row: 11,
  last_on_row: 12,
  in_column: 13,
  alone: 14,
  in_items: 15,
  in_table: 16,
  with_rate: 17,
  mended: 18,
  round: 19,
  letters: 20,
  total: 21,
  strength: 22,
  subtotal: 23,
  tax: 24,
  tendered: 25,
  change: 26,
  discount: 27,
  charge: 28,
  rounding: 29,
  count: 30,
  aside: 31,
  no_role: 32,
  above_subtotal: 33,
  above_tax: 34,
  above_charge: 35,
  below_tendered: 36,
  below_change: 37,
  subtotals_above: 38,
  taxes_above: 39,
  totals_below: 40,
  tendered_below: 41,
  sum_of_above: 42,
  is_added_up: 43,
  is_items: 44,
  items_and_charges: 45,
  subtotal_and_charges: 46,
  paid_less_change: 47,
  next_two_differ: 48,
  next_is_same: 49,
  money_rows: 50,
  minus: 51,
  amount: 52,
  tax_base: 53,
} as const;

/** What the ranker of totals is told of a value, in order. */
export const TOTAL_FEATURES: readonly string[] = Object.keys(AT);
const WIDTH = TOTAL_FEATURES.length;

/** A value that is printed on the receipt. */
export interface RankedValue {
  /** Its size; the sign is the reading's matter. */
  readonly value: Money;
  readonly amount: Amount;
  readonly row: number;
}

/** Values with the numbers that are known of each: those of value i begin at i times the number of features. */
export interface RankedValues {
  readonly values: readonly RankedValue[];
  readonly inputs: Float64Array;
}

interface Places extends RankedValue {
  readonly first: number;
  last: number;
  count: number;
  /** Where its numbers begin; below 0 where it is not ranked. */
  at: number;
}

/** Of a long list only the largest values are likely; the work stays the same for documents of any length. */
const VALUES_MAX = 14;
/** Counts of rows above and below say no more from here on. */
const COUNT_MAX = 4;
/** Right ends of one column differ by less, in text heights. */
const COLUMN_TOLERANCE = 1.6;

/** Every distinct value on the receipt's rows of money, with its features, the largest first. */
export function rankedValues(figures: readonly Figures[], solution: Solution): RankedValues {
  const rows = moneyRows(figures);
  const by_value = placesOf(rows);
  const values = [...by_value.values()].sort((a, b) => b.value - a.value).slice(0, VALUES_MAX);
  const inputs = new Float64Array(values.length * WIDTH);
  if (values.length === 0) return { values, inputs };
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (value !== undefined) value.at = i * WIDTH;
  }
  const page = totalPage(rows, solution);
  for (let place = 0; place < rows.length; place += 1) {
    const money = rows[place]?.figures.money ?? [];
    for (let i = 0; i < money.length; i += 1) {
      const amount = money[i];
      const at = amount === undefined ? -1 : (by_value.get(Math.abs(amount.value))?.at ?? -1);
      if (amount !== undefined && at >= 0) notePlace(inputs, at, amount, place, rows, page);
    }
  }
  for (let rank = 0; rank < values.length; rank += 1) {
    const value = values[rank];
    if (value !== undefined) noteValue(inputs, value, rank, rows, page);
  }
  return { values, inputs };
}

function placesOf(rows: readonly MoneyRow[]): Map<Money, Places> {
  const by_value = new Map<Money, Places>();
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place];
    if (row === undefined) continue;
    for (const amount of row.figures.money) {
      const value = Math.abs(amount.value);
      const found = by_value.get(value);
      if (found === undefined)
        by_value.set(value, { value, amount, row: row.figures.index, first: place, last: place, count: 1, at: -1 });
      else if (found.last !== place) {
        found.last = place;
        found.count += 1;
      }
    }
  }
  return by_value;
}

function raise(inputs: Float64Array, at: number, value: number): void {
  if (value > (inputs[at] ?? 0)) inputs[at] = value;
}

/** Adds one place where the value stands. */
function notePlace(
  inputs: Float64Array,
  at: number,
  amount: Amount,
  place: number,
  rows: readonly MoneyRow[],
  page: TotalPage,
): void {
  const here = rows[place];
  if (here === undefined) return;
  const { figures, role } = here;
  raise(inputs, at + AT.height, heightOf(amount) / page.height);
  raise(inputs, at + AT.on_row, figures.amounts.length);
  if (amount.currency !== null) inputs[at + AT.marked] = 1;
  if (Math.abs(amount.right - page.right) < COLUMN_TOLERANCE) inputs[at + AT.in_column] = 1;
  if (page.in_items.has(figures.index)) inputs[at + AT.in_items] = 1;
  if (page.in_table.has(figures.index)) inputs[at + AT.in_table] = 1;
  if (amount.mended) inputs[at + AT.mended] = 1;
  if (amount.value < 0) inputs[at + AT.minus] = 1;
  // What the row says, it says of its last amount.
  if (amount !== here.amount) return;
  inputs[at + AT.last_on_row] = 1;
  if (!here.labelled) inputs[at + AT.alone] = 1;
  raise(inputs, at + AT.letters, Math.min(figures.label.length, 30));
  if (figures.amounts.length > 1 && figures.amounts.some(({ kind }) => kind === 'percent'))
    inputs[at + AT.with_rate] = 1;
  inputs[at + AT[featureOf(role)]] = 1;
  if (role === 'total') raise(inputs, at + AT.strength, 1 + totalStrength(figures.label));
  const [next, after] = [rows[place + 1], rows[place + 2]];
  const above = rows[place - 1]?.role ?? null;
  if (above === 'subtotal') inputs[at + AT.above_subtotal] = 1;
  else if (above === 'tax') inputs[at + AT.above_tax] = 1;
  else if (isCharge(above)) inputs[at + AT.above_charge] = 1;
  if (next?.role === 'tendered') inputs[at + AT.below_tendered] = 1;
  else if (next?.role === 'change') inputs[at + AT.below_change] = 1;
  raise(inputs, at + AT.sum_of_above, Math.min(page.runs.above[place] ?? 0, 8));
  if (page.runs.begins[place] === 1) inputs[at + AT.is_added_up] = 1;
  if (next === undefined) return;
  if (next.size === here.size) inputs[at + AT.next_is_same] = 1;
  if (after !== undefined && after.size > 0 && next.size - after.size === here.size)
    inputs[at + AT.next_two_differ] = 1;
}

function featureOf(role: Role | null): keyof typeof AT {
  if (role === null) return 'no_role';
  return role === 'service_charge' || role === 'tip' || role === 'deposit' ? 'charge' : role;
}

/** Adds what is known of the value wherever it stands. */
function noteValue(
  inputs: Float64Array,
  { value, first, last, count, at }: Places,
  rank: number,
  rows: readonly MoneyRow[],
  page: TotalPage,
): void {
  const end = Math.max(rows.length - 1, 1);
  inputs[at + AT.size_rank] = Math.min(rank, 12);
  inputs[at + AT.is_largest] = rank === 0 ? 1 : 0;
  inputs[at + AT.of_largest] = page.largest === 0 ? 0 : value / page.largest;
  inputs[at + AT.of_items] = page.items === 0 ? 0 : Math.min(value / page.items, 4);
  inputs[at + AT.repeats] = Math.min(count, 5);
  inputs[at + AT.first_place] = first / end;
  inputs[at + AT.last_place] = last / end;
  inputs[at + AT.rows_below] = Math.min(rows.length - 1 - last, 12);
  inputs[at + AT.round] = value % (5 * MONEY_SCALE) === 0 ? 1 : 0;
  noteRowsAround(inputs, at, value, first, last, rows);
  inputs[at + AT.is_items] = value === page.items ? 1 : 0;
  inputs[at + AT.items_and_charges] = page.items > 0 && page.charges.has(value - page.items) ? 1 : 0;
  inputs[at + AT.subtotal_and_charges] = page.subtotals.some((subtotal) => page.charges.has(value - subtotal)) ? 1 : 0;
  inputs[at + AT.paid_less_change] = page.paid.has(value) ? 1 : 0;
  inputs[at + AT.money_rows] = Math.min(rows.length, 30);
}

function noteRowsAround(
  inputs: Float64Array,
  at: number,
  value: Money,
  first: number,
  last: number,
  rows: readonly MoneyRow[],
): void {
  let subtotals = 0;
  let taxes = 0;
  for (let i = 0; i < last; i += 1) {
    const role = rows[i]?.role;
    if (role === 'tax') taxes += 1;
    else if (role === 'subtotal' && i < first) subtotals += 1;
  }
  let larger = 0;
  let totals = 0;
  let tendered = 0;
  for (let i = last + 1; i < rows.length; i += 1) {
    const row = rows[i];
    if (row === undefined) continue;
    if (row.size > value) larger += 1;
    if (row.role === 'tendered') tendered += 1;
    else if (row.role === 'total' && row.size !== value) totals += 1;
  }
  inputs[at + AT.subtotals_above] = Math.min(subtotals, COUNT_MAX);
  inputs[at + AT.taxes_above] = Math.min(taxes, COUNT_MAX);
  inputs[at + AT.larger_below] = Math.min(larger, COUNT_MAX);
  inputs[at + AT.totals_below] = Math.min(totals, COUNT_MAX);
  inputs[at + AT.tendered_below] = Math.min(tendered, COUNT_MAX);
}
