import type { Figures } from './figures.ts';

/** Titles of a table of taxes: its totals are bases and taxes, never the receipt's total. */
const TAX_TABLE =
  /(?:GST|TAX|VAT|SST|MWST|TVA|IVA|BTW|MOMS|STEUER).{0,4}(?:SUMMARY|ANALYSIS|BREAKDOWN|SUMM|CODE|RATE|DETAIL|SPEC)|^TAX ?(?:CODE|TYPE)|\bUMMARY\b|^(?:MWST|STEUER|UST)-?(?:SATZ|%)|\bTAUX\b.*\b(?:HT|TVA)\b|\bTIPO\b.*\b(?:BASE|CUOTA)|\bALIQUOTA\b.*\bIMPON|^(?:GST|VAT|SST|IVA|ICMS|PTU|MOMS|BTW|KDV|DPH|TVA|MWST|ALV|MVA) ?%|\bNETTO\b.*\b(?:MWST|STEUER|BRUTTO)\b|\bPTU\b.*\bNETTO\b/;
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
  return role === 'total' && money.length === 1 && /GRAND|PAYABLE|DUE|NETT?\b|AMOUNT|SALES|BILL/.test(label);
}

/** `QTY  DESCRIPTION  PRICE  TAX CODE` titles the items. */
function isItemsTitle({ row }: Figures): boolean {
  return /\b(?:QTY|DESC\w*|ITEM|PRICE|U\.?\/?P)\b/.test(row.key);
}
