import { phrases, phrasesSource } from '../languages/languages.ts';
import { isColumnTitle } from './column-title.ts';
import type { Figures } from './figures.ts';
import { suggestedTipRows } from './suggested-tips.ts';
import { taxTableRows } from './tax-table.ts';

/** The parts of a receipt, as half-open ranges of rows; they follow each other without a gap. */
export interface Zones {
  /** Rows above the first figures: name, address, numbers of the merchant and of the receipt. */
  readonly head: readonly Figures[];
  readonly items: readonly Figures[];
  /** Totals, taxes, payment and what is printed below them, without the tax tables. */
  readonly summary: readonly Figures[];
  readonly tax_table: readonly Figures[];
  /** Places where the items may as well have ended: other rows that read as the start of a summary. */
  readonly other_ends: readonly number[];
}

/** A head is never longer than this; bounds the search on documents that have no figures at all. */
const HEAD_ROWS_MAX = 40;

/** Where the zones can meet; the same for every choice of the items' end. */
export interface Borders {
  /** Rows of the tax tables. */
  readonly table: ReadonlySet<number>;
  /** Rows that propose what to pay. */
  readonly aside: ReadonlySet<number>;
  /** The first row of the items. */
  readonly start: number;
  /** Rows that the summary may begin with, the likeliest first. */
  readonly ends: readonly number[];
}

export function bordersOf(figures: readonly Figures[]): Borders {
  const table = taxTableRows(figures);
  const aside = suggestedTipRows(figures);
  const start = itemsStart(figures);
  return { table, aside, start, ends: summaryStarts(figures, start, table) };
}

/** `items_end`, one of `other_ends`, moves the border between items and summary. */
export function zonesOf(
  figures: readonly Figures[],
  { table, aside, start, ends }: Borders,
  items_end?: number,
): Zones {
  const first_end = ends[0] ?? figures.length;
  const end = items_end ?? first_end;
  const items: Figures[] = [];
  const summary: Figures[] = [];
  const tax_table: Figures[] = [];
  for (const row of figures) {
    if (table.has(row.index)) tax_table.push(row);
    else if (row.index < start || aside.has(row.index)) continue;
    else if (row.index < end && (row.index < first_end || !isLabelled(row)) && !isSettled(row)) items.push(row);
    else summary.push(row);
  }
  const head = figures.slice(0, Math.min(start, HEAD_ROWS_MAX));
  return { head, items, summary, tax_table, other_ends: ends.slice(1) };
}

/** The first row of figures, or below the title of the columns. */
function itemsStart(figures: readonly Figures[]): number {
  const title = figures.findIndex(isColumnTitle);
  const money = figures.findIndex((row) => row.money.some(({ mended }) => !mended));
  if (title >= 0 && (money < 0 || title < money)) return title + 1;
  if (money < 0) return figures.length;
  // A title below stray figures (a member's balance, a queue number) still titles the items.
  if (
    title >= 0 &&
    figures.slice(money, title).every(({ role, money: on_row }) => role === 'aside' || on_row.length === 0)
  )
    return title + 1;
  return descriptionStart(figures, money);
}

/** Rows of text that a first item without text on its own row can have above it. */
const TEXT_ROWS_ABOVE_MAX = 3;
/** Rows of figures looked at for where the receipt sets its descriptions. */
const ROWS_LOOKED_AT = 8;
const HEAD_ROW = new RegExp(String.raw`[:#]|\d{2}[-/.]\d{2}|\b\d{5}\b|${phrasesSource('head_row')}`);

/**
 * Text of the first item can stand above its figures, where the receipt sets the text of its items so: as many rows of
 * plain words are taken along as stand above the second item, up to what looks like head. The first row is head always.
 */
function descriptionStart(figures: readonly Figures[], money: number): number {
  const rows = figures.slice(money, money + ROWS_LOOKED_AT);
  const sum = rows.findIndex(isSum);
  const priced = rows.slice(0, sum < 0 ? undefined : sum).filter((row) => row.money.length > 0);
  const [first, second] = priced;
  if (first === undefined || !isBare(first) || priced.filter(isBare).length < priced.length / 2) return money;
  // `2 x 1,19` above `MILK  2,38`: the quantity stands above its item.
  if (
    second !== undefined &&
    second.index === money + 1 &&
    !isBare(second) &&
    first.money.length < 2 &&
    isUnitRow(first)
  )
    return money;
  const above = second === undefined ? 1 : Math.max(1, second.index - first.index - 1);
  let start = money;
  while (
    start > 1 &&
    money - start < Math.min(above, TEXT_ROWS_ABOVE_MAX) &&
    !HEAD_ROW.test(figures[start - 1]?.row.key ?? ':')
  )
    start -= 1;
  return start;
}

/** Figures, units and signs only: no word of three letters. */
function isBare({ label }: Figures): boolean {
  return !/\p{L}{3}/u.test(label);
}

function isUnitRow({ row }: Figures): boolean {
  return /\d\s*(?:\p{L}{1,3}\s*)?[X@]\s*\d|@/u.test(row.key);
}

/** Borders tried between items and summary. */
const STARTS_MAX = 4;
const PAST_ITEMS = new Set(['tax', 'tax_base', 'service_charge', 'rounding', 'tendered', 'change', 'tip']);
/** Charges that are printed above a total without a subtotal above them. */
const CHARGES = new Set(['tax', 'tax_base', 'service_charge', 'rounding', 'tip']);
const COUNT_LINE = phrases('count_line');
const COUNTED_TOTAL = phrases('sum_row');

/** Where the items are read on past a first total, what is labelled as a part of the summary is not bought. */
function isLabelled(row: Figures): boolean {
  return isSum(row) || isPastItems(row) || isCountLine(row);
}

/** A payment among the goods, as on a guest's bill: `03/12  VISA  -379.34`. */
function isSettled({ role, money }: Figures): boolean {
  return role === 'tendered' && (money.at(-1)?.value ?? 0) < 0;
}

/** A row of nothing but figures: those of the label above it. */
function standsAlone(row: Figures | undefined): boolean {
  return row !== undefined && row.money.length > 0 && !/\p{L}{2}/u.test(row.label);
}

function isPastItems({ role, money }: Figures): boolean {
  return role !== null && PAST_ITEMS.has(role) && money.length > 0;
}

/** `TOTAL QTY: 4  8.20` counts what was bought; `122 PCS @ 18.90` is bought. */
function isCountLine({ role, label, row, money, amounts }: Figures): boolean {
  // A price alone is that of goods: `WALNUT PIECES  6.99`.
  if (money.length > 0 && amounts.length === money.length && !COUNTED_TOTAL.test(label)) return false;
  return role === 'count' && COUNT_LINE.test(label) && !/@|\bX\b/.test(row.key);
}

function isSum({ role }: Figures): boolean {
  return role === 'total' || role === 'subtotal' || role === 'amount';
}

/** The first of the charges that stand directly above a sum: they are added to the goods, and none of them. */
function aboveCharges(figures: readonly Figures[], start: number, from: number): number {
  let first = start;
  for (let i = start - 1; i > from; i -= 1) {
    const row = figures[i];
    if (row === undefined || (row.money.length > 0 && !isCharge(row)) || start - i > CHARGE_ROWS_MAX) break;
    if (row.money.length > 0) first = i;
  }
  return first;
}

const CHARGE_ROWS_MAX = 8;
/** A longer label that has a word for a charge in it is one of goods (`TIP TOP BREAD WHOLEMEAL`). */
const CHARGE_LABEL_MAX = 24;

function isCharge({ role, label }: Figures): boolean {
  return role !== null && CHARGES.has(role) && label.length <= CHARGE_LABEL_MAX;
}

/** Rows that can open the summary, the likeliest first: sums and counts, else the first row about taxes or payment. */
function summaryStarts(figures: readonly Figures[], from: number, table: ReadonlySet<number>): number[] {
  const sums: number[] = [];
  let other: number | null = null;
  let seen_money = false;
  for (const row of figures) {
    if (row.index < from || table.has(row.index)) continue;
    seen_money ||= row.money.length > 0;
    if (isSum(row) ? row.money.length > 0 || standsAlone(figures[row.index + 1]) : seen_money && isCountLine(row))
      sums.push(row.index);
    else if (other === null && isPastItems(row)) other = row.index;
  }
  if (sums.length > 0) return sums.slice(0, STARTS_MAX).map((start) => aboveCharges(figures, start, from));
  return other === null ? [] : [other];
}
