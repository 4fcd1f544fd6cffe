import type { Figures } from './figures.ts';

const COLUMN_WORD =
  /\b(?:QTY|QUANTITY|QNTY|DESCRIPTION|DESC|ITEMS?|PRICE|U\/?P|UNIT|AMOUNT|AMT|TOTAL|DISC|MENGE|ANZ|PREIS|BETRAG|ARTIKEL|BEZEICHNUNG|EUR|CHF|QTE|PRIX|ARTICLE|DESIGNATION|MONTANT|CANT|PRECIO|IMPORTE|DESCRIPCION|DESCRIZIONE|PREZZO|IMPORTO|AANTAL|OMSCHRIJVING|PRIJS|BEDRAG|ANTAL|VARA|PRIS|BELOPP|BELOB|ILOSC|CENA|WARTOSC|NAZWA|PRODUK|HARGA|JUMLAH|KETERANGAN|DESCRICAO|VALOR|PRECO|RATE|PARTICULARS|PRODUCT|CODE)\b|商品|品名|数量|金額|単価|품명|수량|금액|단가/g;

/** Whether a row titles the columns of the items: two or more column words, and no figures. */
export function isColumnTitle(figures: Figures): boolean {
  if (figures.money.length > 0) return false;
  return new Set(figures.row.key.match(COLUMN_WORD) ?? []).size >= 2;
}
