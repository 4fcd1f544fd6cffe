import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const tr: Language = {
  code: 'tr',
  months: ['OCA', 'SUB', 'MAR', 'NIS', 'MAY', 'HAZ', 'TEM', 'AGU', 'EYL', 'EKI', 'KAS', 'ARA'],
  labels: {
    rounding: terms`YUVARLAMA`,
    amount: terms`TUTAR\b`,
    total: terms`TOPLAM | GENEL TOPLAM | TUTAR\b | ODENECEK | GENEL TOP`,
    strong_total: terms`GENEL`,
    subtotal: terms`ARA TOPLAM`,
    tax: terms`KDV\b | TOPKDV | TOPLAM KDV | TOP\.? ?KDV`,
    discount: terms`INDIRIM`,
    service_charge: terms`SERVIS | SERVIS (?:UCRETI|BEDELI|\d) | KUVER`,
    tendered: terms`NAKIT | KREDI KART | KREDI | BANKA | ODENEN`,
    change: terms`PARA USTU | PARA UST`,
    tip: terms`BAHSIS`,
    count: terms`URUN ADEDI`,
  },
  words: {
    place: terms`CADDESI | CAD | SOKAK | SOK | MAHALLESI | MAH`,
    trade: terms`LOKANTASI`,
    document: terms`FIS`,
  },
  phrases: {
    refund: terms`\bIADE\b`,
    sum_row: terms`TOPLAM`,
    date_label: terms`TARIH`,
    time_label: terms`\bSAAT\b`,
    discount_row: terms`INDIRIM`,
    discount_first: terms`INDIRIM`,
    legal_form: terms`\bLTD\. ?STI\b | \bA\.?S\.?$`,
    paid_by_cash: terms`NAKIT`,
  },
};
