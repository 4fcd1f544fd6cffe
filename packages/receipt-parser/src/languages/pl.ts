import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const pl: Language = {
  code: 'pl',
  months: ['STY', 'LUT', 'MAR', 'KWI', 'MAJ', 'CZE', 'LIP', 'SIE', 'WRZ', 'PAZ', 'LIS', 'GRU'],
  weekdays: ['PONIED', 'WTOREK', 'SRODA', 'CZWART', 'PIATEK', 'SOBOTA', 'NIEDZI'],
  labels: {
    tax_base: terms`SPRZEDAZ OPOD | SPRZED\. OPOD | SP\.? ?OP | OPODATKOWAN | SPRZEDAZ ZWOLN`,
    amount: terms`KWOTA\b | WARTOSC\b`,
    total: terms`RAZEM\b | SUMA\b | DO ZAPLATY | DO ZAPL | KWOTA DO | NALEZNOSC`,
    strong_total: terms`DO ZAPLATY`,
    subtotal: terms`SUMA CZESC`,
    rounding: terms`ZAOKR`,
    tax: terms`PTU\b | SUMA PTU | VAT\b | PODATEK`,
    discount: terms`RABAT\b | OPUST | RABAT | PROMOCJA | OBNIZKA`,
    tip: terms`NAPIWEK`,
    deposit: terms`KAUCJA`,
    tendered: terms`GOTOWK | KARTA | BLIK\b | PRZELEW | ZAPLACONO | WPLATA`,
    change: terms`RESZTA`,
    count: terms`POZYCJI`,
    service_charge: terms`SERWIS\b | OBSLUGA KELNERSKA | DOLICZONY SERWIS`,
  },
  words: {
    place: terms`UL | ULICA | ALEJA | PLAC`,
    region: terms`POLSKA`,
    trade: terms`SKLEP | PIEKARNIA`,
    column: terms`ILOSC | CENA | WARTOSC | NAZWA`,
    document: terms`PARAGON`,
  },
  phrases: {
    no_name: terms`PARAGON | FISKALNY | ROZLICZENIE`,
    refund: terms`ZWROT | KOREKTA`,
    sum_row: terms`RAZEM | \bSUMA\b | GOTOWK | RESZTA`,
    date_label: terms`\bDATA\b`,
    time_label: terms`GODZ`,
    tax_table: terms`\bPTU\b.*\bNETTO\b`,
    discount_row: terms`\bRABAT\b | OBNIZKA | OPUST | UPUST`,
    legal_form: terms`\bSP\.? ?Z ?O\.? ?O\b`,
    paid_by_card: terms`\bKARTA\b`,
    paid_by_cash: terms`GOTOWK`,
    discount_first: terms`RABAT\b | OBNIZKA | OPUST | UPUST`,
  },
};
