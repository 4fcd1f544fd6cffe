import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const hu: Language = {
  code: 'hu',
  labels: {
    total: terms`OSSZESEN | FIZETENDO`,
    subtotal: terms`RESZOSSZEG`,
    rounding: terms`KEREKIT`,
    tax: terms`AFA\b`,
    discount: terms`KEDVEZMENY`,
    tendered: terms`KESZPENZ`,
    change: terms`VISSZAJARO`,
  },
  words: {
    place: terms`UTCA | UT | TER | KOZ`,
    trade: terms`ETTEREM`,
  },
  phrases: {
    legal_form: terms`\bKFT\b | \bZRT\b`,
    paid_by_cash: terms`KESZPENZ`,
  },
};
