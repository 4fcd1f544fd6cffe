import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const hu: Language = {
  code: 'hu',
  labels: {
    total: terms`OSSZESEN | FIZETENDO | VEGOSSZEG | FIZETVE`,
    subtotal: terms`RESZOSSZEG`,
    rounding: terms`KEREKIT`,
    tax: terms`AFA\b`,
    discount: terms`KEDVEZMENY`,
    tendered: terms`KESZPENZ | BANKKARTYA | KARTYA | FIZETETT`,
    change: terms`VISSZAJARO`,
    service_charge: terms`SZERVIZDIJ | SZERVIZ DIJ | FELSZOLGALASI`,
    tip: terms`BORRAVALO`,
    count: terms`TETELEK SZAMA | TETELSZAM`,
  },
  words: {
    place: terms`UTCA | UT | TER | KOZ`,
    trade: terms`ETTEREM`,
  },
  phrases: {
    sum_row: terms`OSSZESEN | FIZETENDO | RESZOSSZEG | KESZPENZ | KARTYA | VISSZAJARO`,
    legal_form: terms`\bKFT\b | \bZRT\b`,
    paid_by_cash: terms`KESZPENZ`,
    discount_row: terms`KEDVEZMENY | ENGEDMENY`,
    discount_first: terms`KEDVEZMENY | ENGEDMENY`,
    refund: terms`SZTORNO | VISSZARU`,
    date_label: terms`DATUM\b | \bKELT\b`,
  },
};
