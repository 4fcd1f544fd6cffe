import { phrases } from '../languages/languages.ts';
import type { Figures } from './figures.ts';

/** Titles of a table of taxes: its totals are bases and taxes, never the receipt's total. */
const TAX_TABLE = phrases('tax_table');
const TABLE_END = phrases('tax_table_end');
const ITEMS_TITLE = phrases('items_title');
/** So many rows in a row without figures, and the table is over. */
const BARE_ROWS_MAX = 2;

/** The rows of every tax table, titles included. `rows` is in the order of the receipt. */
export function taxTableRows(figures: readonly Figures[]): Set<number> {
  const rows = new Set<number>();
  for (const title of figures) {
    if (title.money.length > 0 || rows.has(title.index) || !TAX_TABLE.test(title.row.key) || isItemsTitle(title))
      continue;
    let bare = 0;
    for (let i = title.index; i < figures.length && bare <= BARE_ROWS_MAX; i += 1) {
      const row = figures[i];
      if (row === undefined || (i > title.index && endsTable(row))) break;
      bare = row.money.length === 0 && i > title.index ? bare + 1 : 0;
      rows.add(i);
    }
  }
  return rows;
}

function endsTable({ role, money, label }: Figures): boolean {
  if (role === 'tendered' || role === 'change' || role === 'rounding' || role === 'discount') return true;
  // A total of one figure, not of base and tax, is the receipt's.
  return role === 'total' && money.length === 1 && TABLE_END.test(label);
}

/** `QTY  DESCRIPTION  PRICE  TAX CODE` titles the items. */
function isItemsTitle({ row }: Figures): boolean {
  return ITEMS_TITLE.test(row.key);
}
