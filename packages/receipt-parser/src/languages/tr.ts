import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const tr: Language = {
  code: 'tr',
  months: ['OCA', 'SUB', 'MAR', 'NIS', 'MAY', 'HAZ', 'TEM', 'AGU', 'EYL', 'EKI', 'KAS', 'ARA'],
  labels: {
    total: terms`TOPLAM | GENEL TOPLAM`,
    strong_total: terms`GENEL`,
    subtotal: terms`ARA TOPLAM`,
    tax: terms`KDV\b`,
    discount: terms`INDIRIM`,
    service_charge: terms`SERVIS`,
    tendered: terms`NAKIT`,
    change: terms`PARA USTU`,
  },
  words: {
    place: terms`CADDESI | CAD | SOKAK | SOK | MAHALLESI | MAH`,
    trade: terms`LOKANTASI`,
    document: terms`FIS`,
  },
  phrases: {
    date_label: terms`TARIH`,
    time_label: terms`\bSAAT\b`,
    discount_row: terms`INDIRIM`,
    discount_first: terms`INDIRIM`,
    legal_form: terms`\bLTD\. ?STI\b | \bA\.?S\.?$`,
    paid_by_cash: terms`NAKIT`,
  },
};
