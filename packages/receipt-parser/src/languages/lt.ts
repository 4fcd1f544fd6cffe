import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const lt: Language = {
  code: 'lt',
  labels: {
    total: terms`IS VISO\b | MOKETI\b`,
    tax: terms`PVM\b`,
    tendered: terms`GRYNIEJI | GRYNAIS | KORTELE`,
    change: terms`GRAZA`,
    discount: terms`NUOLAIDA`,
    subtotal: terms`TARPINE SUMA`,
  },
  phrases: {
    paid_by_cash: terms`GRYN`,
  },
};
