import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const sk: Language = {
  code: 'sk',
  labels: {
    total: terms`SPOLU\b | K UHRADE | CELKOM`,
    strong_total: terms`K UHRADE`,
    tendered: terms`HOTOVOST | KARTA`,
    change: terms`VYDAVOK`,
    discount: terms`ZLAVA`,
    subtotal: terms`MEDZISUCET`,
    rounding: terms`ZAOKRUHL`,
    service_charge: terms`OBSLUHA\b`,
    tip: terms`PREPITNE | SPREPITNE`,
    tax: terms`DPH\b`,
    deposit: terms`ZALOHA`,
    count: terms`POCET POLOZIEK`,
  },
  phrases: {
    paid_by_cash: terms`HOTOVOST`,
    paid_by_card: terms`\bKARTA\b`,
    no_name: terms`\bDOKLAD\b`,
    discount_row: terms`ZLAVA`,
    discount_first: terms`ZLAVA`,
    refund: terms`DOBROPIS | VRATKA$`,
    date_label: terms`DATUM\b`,
  },
};
