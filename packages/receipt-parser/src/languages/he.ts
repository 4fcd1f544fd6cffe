import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const he: Language = {
  code: 'he',
  signs: {
    total: terms`סה"כ | סהכ | לתשלום`,
    strong_total: terms`לתשלום`,
    tax: terms`מע"מ | מעמ`,
    tendered: terms`מזומן | אשראי`,
    change: terms`עודף`,
    discount: terms`הנחה`,
    subtotal: terms`סיכום ביניים | סכום ביניים`,
    service_charge: terms`דמי שירות | שירות`,
    rounding: terms`עיגול`,
  },
  phrases: {
    paid_by_cash: terms`מזומן`,
    paid_by_card: terms`אשראי`,
    date_label: terms`תאריך`,
    discount_row: terms`הנחה`,
    discount_first: terms`הנחה`,
    refund: terms`זיכוי`,
  },
};
