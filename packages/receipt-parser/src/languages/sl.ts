import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const sl: Language = {
  code: 'sl',
  labels: {
    total: terms`SKUPAJ\b | ZA PLACILO`,
    strong_total: terms`ZA PLACILO`,
    tax: terms`DDV\b`,
    tendered: terms`GOTOVINA | KARTICA`,
    change: terms`VRACILO`,
    discount: terms`POPUST`,
  },
  phrases: {
    paid_by_cash: terms`GOTOVINA`,
  },
};
