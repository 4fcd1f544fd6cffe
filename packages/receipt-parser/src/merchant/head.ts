import type { Figures } from '../layout/figures.ts';

/** A head is never longer than this; bounds the search on documents that have no figures at all. */
const HEAD_ROWS_MAX = 30;

const COLUMN_TITLE =
  /\b(?:QTY|QUANTITY|DESCRIPTION|DESC|ITEM|ITEMS|PRICE|U\/?P|UNIT PRICE|U\.?PRICE|S\/PRICE|AMOUNT|AMT|TOTAL|DISC|MENGE|PREIS|BETRAG|ARTIKEL|BEZEICHNUNG|QTE|PRIX|ARTICLE|DESIGNATION|MONTANT|CANT|PRECIO|IMPORTE|PREZZO|IMPORTO|AANTAL|PRIJS|BEDRAG|ANTAL|PRIS|BELOPP|BELOB)\b/g;

/** Whether a row titles the columns of the items: two or more column words, and no figures. */
export function isColumnTitle(figures: Figures): boolean {
  return figures.money.length === 0 && new Set(figures.row.key.match(COLUMN_TITLE) ?? []).size >= 2;
}

/** The rows above the first figures: name, address, numbers of the merchant and of the receipt. */
export function headOf(figures: readonly Figures[]): Figures[] {
  const end = figures.findIndex((row) => row.money.some(({ mended }) => !mended) || isColumnTitle(row));
  return figures.slice(0, Math.min(end < 0 ? figures.length : end, HEAD_ROWS_MAX));
}
