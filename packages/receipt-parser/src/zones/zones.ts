import { isColumnTitle } from './column-title.ts';
import type { Figures } from './figures.ts';
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

/** `items_end`, one of `other_ends`, moves the border between items and summary. */
export function zonesOf(figures: readonly Figures[], items_end?: number): Zones {
  const table = taxTableRows(figures);
  const start = itemsStart(figures);
  const ends = summaryStarts(figures, start, table);
  const end = items_end ?? ends[0] ?? figures.length;
  return {
    head: figures.slice(0, Math.min(start, HEAD_ROWS_MAX)),
    items: figures.slice(start, end).filter((row) => !table.has(row.index) && !isSubtotal(row)),
    summary: figures.slice(start).filter((row) => !table.has(row.index) && (row.index >= end || isSubtotal(row))),
    tax_table: figures.filter(({ index }) => table.has(index)),
    other_ends: ends.slice(1),
  };
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

/** Text of the first item can stand above its figures; one row of plain words is taken along, unless it looks like head. */
function descriptionStart(figures: readonly Figures[], money: number): number {
  const row = figures[money];
  const above = figures[money - 1];
  if (row === undefined || above === undefined) return money;
  const has_text = row.label.replace(/[^\p{L}]/gu, '').length > 4;
  return has_text || /[:#]|\d{2}[-/.]\d{2}|INVOICE|RECEIPT|CASHIER|\bTEL\b|GST|TAX/.test(above.row.key)
    ? money
    : money - 1;
}

const PAST_ITEMS = new Set(['tax', 'service_charge', 'rounding', 'tendered', 'change', 'tip']);
const COUNT_LINE = /T[O0]T[A4]L|COUNT|^QTY|NO\.? OF|ITEMS?\(?S?\)? ?SOLD|^\(?ITEMS?\b|PIECES|ANZAHL|ARTIKEL|点数|点買/;

/** Where the items are read on past a total, that was the total of a group: it and its tax are not bought. */
function isSubtotal({ role, money }: Figures): boolean {
  return money.length > 0 && (role === 'total' || role === 'subtotal' || role === 'tax');
}

/** A row of nothing but figures: those of the label above it. */
function standsAlone(row: Figures | undefined): boolean {
  return row !== undefined && row.money.length > 0 && !/\p{L}{2}/u.test(row.label);
}

/** Rows that can open the summary, the likeliest first. */
function summaryStarts(figures: readonly Figures[], from: number, table: ReadonlySet<number>): number[] {
  const sums: number[] = [];
  let other: number | null = null;
  let seen_money = false;
  for (const row of figures) {
    if (row.index < from || table.has(row.index)) continue;
    if (row.role === 'total' || row.role === 'subtotal') {
      if (row.money.length > 0 || standsAlone(figures[row.index + 1])) sums.push(row.index);
    } else if (row.role === 'count' && COUNT_LINE.test(row.label) && !/@|\bX\b/.test(row.row.key)) {
      if (seen_money) sums.push(row.index);
    } else if (row.role !== null && PAST_ITEMS.has(row.role) && row.money.length > 0 && other === null && seen_money) {
      other = row.index;
    }
    if (row.money.length > 0) seen_money = true;
  }
  if (sums.length > 0) return sums.slice(0, 4);
  return other === null ? [] : [other];
}
