import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money } from '../amounts/money.ts';
import type { Solution } from '../checks/solve.ts';
import { sumOf } from '../items/sum.ts';
import { type Role, totalStrength } from '../summary/labels.ts';

import type { Figures } from '../zones/figures.ts';

/** What the ranker of totals is told of a value, in order. Nothing of it is what the rules hold for the total. */
export const TOTAL_FEATURES = [
  'size_rank',
  'is_largest',
  'of_largest',
  'of_items',
  'larger_below',
  'repeats',
  'first_place',
  'last_place',
  'rows_below',
  'height',
  'marked',
  'on_row',
  'last_on_row',
  'in_column',
  'alone',
  'in_items',
  'in_table',
  'with_rate',
  'mended',
  'round',
  'letters',
  'total',
  'strength',
  'subtotal',
  'tax',
  'tendered',
  'change',
  'discount',
  'charge',
  'rounding',
  'count',
  'aside',
  'no_role',
  'above_subtotal',
  'above_tax',
  'above_charge',
  'below_tendered',
  'below_change',
  'subtotals_above',
  'taxes_above',
  'totals_below',
  'tendered_below',
  'sum_of_above',
  'is_added_up',
  'is_items',
  'items_and_charges',
  'subtotal_and_charges',
  'paid_less_change',
  'next_two_differ',
  'next_is_same',
  'money_rows',
  'minus',
] as const;

/** A value that is printed on the receipt, with the numbers that are known of it. */
export interface RankedValue {
  /** Its size; the sign is the reading's matter. */
  readonly value: Money;
  readonly amount: Amount;
  readonly row: number;
  readonly inputs: Float64Array;
}

/** The longest runs of rows that are added up, and the most charges of which all sums are tried. */
const CHARGES_MAX = 6;
const CANDIDATES_MAX = 24;
const AT: ReadonlyMap<string, number> = new Map(TOTAL_FEATURES.map((name, i) => [name, i]));

interface MoneyRow {
  readonly figures: Figures;
  readonly role: Role | null;
  /** The last amount on the row: what stands in the column of amounts. */
  readonly last: Money;
  readonly amount: Amount;
}

/** Every distinct value on the receipt's rows of money, with its features. */
export function rankedValues(figures: readonly Figures[], solution: Solution): RankedValue[] {
  const rows = moneyRows(figures);
  if (rows.length === 0) return [];
  const page = pageOf(rows, solution);
  const by_value = new Map<Money, { inputs: Float64Array; amount: Amount; row: number; places: number[] }>();
  for (const [place, { figures: on, amount: last_amount }] of rows.entries()) {
    for (const amount of on.money) {
      const value = Math.abs(amount.value);
      let found = by_value.get(value);
      if (found === undefined) {
        found = { inputs: new Float64Array(TOTAL_FEATURES.length), amount, row: on.index, places: [] };
        by_value.set(value, found);
      }
      if (found.places.at(-1) !== place) found.places.push(place);
      noteAmount(found.inputs, amount, amount === last_amount, place, rows, page);
    }
  }
  // Of a long list only the largest are likely; the work stays the same for documents of any length.
  const values = [...by_value.entries()].sort(([a], [b]) => b - a).slice(0, CANDIDATES_MAX);
  return values.map(([value, { inputs, amount, row, places }], rank) => {
    noteValue(inputs, value, rank, places, rows, page);
    return { value, amount, row, inputs };
  });
}

function moneyRows(figures: readonly Figures[]): MoneyRow[] {
  return figures.flatMap((row, i): MoneyRow[] => {
    const amount = row.money.at(-1);
    if (amount === undefined) return [];
    // A figure on a row of its own is named by a label just above it.
    const above = figures[i - 1];
    const role = row.role ?? (!hasLetters(row) && above !== undefined && above.money.length === 0 ? above.role : null);
    return [{ figures: row, role, last: Math.abs(amount.value), amount }];
  });
}

function hasLetters({ label }: Figures): boolean {
  return /\p{L}{2}/u.test(label);
}

/** What is the same for all the values of a receipt. */
interface Page {
  readonly items: Money;
  readonly charges: ReadonlySet<Money>;
  readonly bases: readonly Money[];
  readonly paid: ReadonlySet<Money>;
  readonly largest: Money;
  /** For each row, how many rows just above it add up to it, 0 where none do. */
  readonly run_above: Int16Array;
  /** Rows that a run of rows which comes out begins with. */
  readonly begins_run: Uint8Array;
  readonly in_items: ReadonlySet<number>;
  readonly in_table: ReadonlySet<number>;
  readonly height: number;
  readonly right: number;
}

function pageOf(rows: readonly MoneyRow[], { zones, items, summary }: Solution): Page {
  const charges = summary.filter(({ role }) => CHARGES.has(role)).slice(0, CHARGES_MAX);
  const sums = new Set<Money>([0]);
  for (const { role, amount } of charges) {
    const value = Math.abs(amount.value);
    for (const sum of [...sums]) {
      sums.add(role === 'discount' ? sum - value : sum + value);
      if (role === 'rounding') sums.add(sum - value);
    }
  }
  sums.delete(0);
  const tendered = rows.filter(({ role }) => role === 'tendered').map(({ last }) => last);
  const change = rows.filter(({ role }) => role === 'change').map(({ last }) => last);
  const heights = rows.map(({ amount }) => heightOf(amount)).sort((a, b) => a - b);
  const rights = rows.map(({ amount }) => amount.right).sort((a, b) => a - b);
  return {
    items: Math.abs(sumOf(items)),
    charges: sums,
    bases: rows.filter(({ role }) => role === 'subtotal').map(({ last }) => last),
    paid: new Set(tendered.flatMap((given) => change.map((back) => given - back)).filter((value) => value > 0)),
    largest: Math.max(...rows.map(({ figures }) => Math.max(...figures.money.map(({ value }) => Math.abs(value))))),
    ...runsOf(rows),
    in_items: new Set(zones.items.map(({ index }) => index)),
    in_table: new Set(zones.tax_table.map(({ index }) => index)),
    height: heights[heights.length >> 1] ?? 1,
    right: rights[rights.length >> 1] ?? 0,
  };
}

const CHARGES: ReadonlySet<string> = new Set(['tax', 'service_charge', 'tip', 'discount', 'deposit', 'rounding']);

/** Runs of two rows or more whose last amounts add up to that of the row just below them. */
function runsOf(rows: readonly MoneyRow[]): { run_above: Int16Array; begins_run: Uint8Array } {
  const run_above = new Int16Array(rows.length);
  const begins_run = new Uint8Array(rows.length);
  const first_with = new Map<Money, number>([[0, 0]]);
  let sum = 0;
  for (const [i, { amount, last }] of rows.entries()) {
    const from = first_with.get(sum - last);
    if (from !== undefined && i - from >= 2) {
      run_above[i] = i - from;
      begins_run[from] = 1;
    }
    sum += amount.value;
    if (!first_with.has(sum)) first_with.set(sum, i + 1);
  }
  return { run_above, begins_run };
}

/** Adds one place where the value stands. */
function noteAmount(
  inputs: Float64Array,
  amount: Amount,
  is_last: boolean,
  place: number,
  rows: readonly MoneyRow[],
  page: Page,
): void {
  const here = rows[place];
  if (here === undefined) return;
  const { figures, role } = here;
  const raise = (name: string, value: number): void => {
    const at = AT.get(name) ?? 0;
    if (value > (inputs[at] ?? 0)) inputs[at] = value;
  };
  raise('height', heightOf(amount) / page.height);
  raise('marked', Number(amount.currency !== null));
  raise('on_row', figures.amounts.length);
  raise('last_on_row', Number(is_last));
  raise('in_column', Number(Math.abs(amount.right - page.right) < 1.6));
  raise('in_items', Number(page.in_items.has(figures.index)));
  raise('in_table', Number(page.in_table.has(figures.index)));
  raise('mended', Number(amount.mended));
  raise('minus', Number(amount.value < 0));
  if (!is_last) return;
  raise('alone', Number(!hasLetters(figures)));
  raise('letters', Math.min(figures.label.length, 30));
  raise('with_rate', Number(figures.amounts.some(({ kind }) => kind === 'percent')));
  raise(roleFeature(role), 1);
  if (role === 'total') raise('strength', 1 + totalStrength(figures.label));
  const above = rows[place - 1]?.role ?? null;
  const below = rows[place + 1]?.role ?? null;
  raise('above_subtotal', Number(above === 'subtotal'));
  raise('above_tax', Number(above === 'tax'));
  raise('above_charge', Number(above !== null && above !== 'tax' && CHARGES.has(above)));
  raise('below_tendered', Number(below === 'tendered'));
  raise('below_change', Number(below === 'change'));
  raise('sum_of_above', Math.min(page.run_above[place] ?? 0, 8));
  raise('is_added_up', page.begins_run[place] ?? 0);
  const [next, after] = [rows[place + 1]?.last, rows[place + 2]?.last];
  raise(
    'next_two_differ',
    Number(next !== undefined && after !== undefined && next - after === here.last && after > 0),
  );
  raise('next_is_same', Number(next === here.last));
}

function roleFeature(role: Role | null): string {
  if (role === null) return 'no_role';
  return role === 'service_charge' || role === 'tip' || role === 'deposit' ? 'charge' : role;
}

/** Adds what is known of the value wherever it stands. */
function noteValue(
  inputs: Float64Array,
  value: Money,
  rank: number,
  places: readonly number[],
  rows: readonly MoneyRow[],
  page: Page,
): void {
  const set = (name: string, number: number): void => {
    inputs[AT.get(name) ?? 0] = number;
  };
  const [first = 0] = places;
  const last = places.at(-1) ?? first;
  const end = Math.max(rows.length - 1, 1);
  const count = (from: number, to: number, of: (row: MoneyRow) => boolean): number => {
    let found = 0;
    for (let i = from; i < to; i += 1) {
      const row = rows[i];
      if (row !== undefined && of(row)) found += 1;
    }
    return Math.min(found, 4);
  };
  set('size_rank', Math.min(rank, 12));
  set('is_largest', Number(rank === 0));
  set('of_largest', page.largest === 0 ? 0 : value / page.largest);
  set('of_items', page.items === 0 ? 0 : Math.min(value / page.items, 4));
  set(
    'larger_below',
    count(last + 1, rows.length, (row) => row.last > value),
  );
  set('repeats', Math.min(places.length, 5));
  set('first_place', first / end);
  set('last_place', last / end);
  set('rows_below', Math.min(rows.length - 1 - last, 12));
  set('round', Number(value % (5 * MONEY_SCALE) === 0));
  set(
    'subtotals_above',
    count(0, first, ({ role }) => role === 'subtotal'),
  );
  set(
    'taxes_above',
    count(0, last, ({ role }) => role === 'tax'),
  );
  set(
    'totals_below',
    count(last + 1, rows.length, (row) => row.role === 'total' && row.last !== value),
  );
  set(
    'tendered_below',
    count(last + 1, rows.length, ({ role }) => role === 'tendered'),
  );
  set('is_items', Number(value === page.items));
  set('items_and_charges', Number(page.items > 0 && page.charges.has(value - page.items)));
  set('subtotal_and_charges', Number(page.bases.some((base) => page.charges.has(value - base))));
  set('paid_less_change', Number(page.paid.has(value)));
  set('money_rows', Math.min(rows.length, 30));
}

function heightOf({ words }: Amount): number {
  let height = 0;
  for (const word of words) if (word.height > height) height = word.height;
  return height;
}
