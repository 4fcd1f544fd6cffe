import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const lv: Language = {
  code: 'lv',
  labels: {
    total: terms`KOPA\b | APMAKSAI | SAMAKSAI`,
    tax: terms`PVN\b`,
    tendered: terms`SKAIDRA | KARTE`,
    change: terms`ATLIKUMS`,
    discount: terms`ATLAIDE`,
    subtotal: terms`STARPSUMMA`,
  },
  phrases: {
    paid_by_cash: terms`SKAIDRA`,
  },
};
