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
  },
  words: {
    place: terms`UTCA | UT | TER | KOZ`,
    trade: terms`ETTEREM`,
  },
  phrases: {
    sum_row: terms`OSSZESEN | FIZETENDO | RESZOSSZEG | KESZPENZ | KARTYA | VISSZAJARO`,
    legal_form: terms`\bKFT\b | \bZRT\b`,
    paid_by_cash: terms`KESZPENZ`,
  },
};
