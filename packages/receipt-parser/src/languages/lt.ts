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
    service_charge: terms`APTARNAVIMO | APTARNAVIMAS`,
    tip: terms`ARBATPINIGIAI`,
    rounding: terms`APVALINIM`,
    deposit: terms`UZSTATAS | DEPOZITAS`,
  },
  phrases: {
    paid_by_cash: terms`GRYN`,
    discount_row: terms`NUOLAIDA`,
    discount_first: terms`NUOLAIDA`,
    refund: terms`GRAZINIMAS`,
    date_label: terms`\bDATA\b`,
  },
};
