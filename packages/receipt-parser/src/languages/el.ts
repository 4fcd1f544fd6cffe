import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const el: Language = {
  code: 'el',
  signs: {
    total: terms`ΣΥΝΟΛΟ | ΠΛΗΡΩΤΕΟ | ΠΛΗΡΩΜΗΣ`,
    strong_total: terms`ΠΛΗΡΩΤΕΟ`,
    subtotal: terms`ΜΕΡΙΚΟ ΣΥΝΟΛΟ | ΥΠΟΣΥΝΟΛΟ | ΚΑΘΑΡΗ ΑΞΙΑ`,
    tax: terms`ΦΠΑ | Φ\.Π\.Α`,
    discount: terms`ΕΚΠΤΩΣΗ`,
    tendered: terms`ΜΕΤΡΗΤΑ | ΚΑΡΤΑ | ΠΛΗΡΩΘ`,
    change: terms`ΡΕΣΤΑ`,
    rounding: terms`ΣΤΡΟΓΓΥΛ`,
    tip: terms`ΦΙΛΟΔΩΡΗΜΑ`,
    count: terms`ΤΕΜΑΧΙΑ`,
    service_charge: terms`ΥΠΗΡΕΣΙΑ | ΣΕΡΒΙΣ`,
  },
  phrases: {
    date_label: terms`ΗΜΕΡΟΜΗΝΙΑ | ΗΜ/ΝΙΑ`,
    time_label: terms`ΩΡΑ`,
    paid_by_cash: terms`ΜΕΤΡΗΤΑ`,
    paid_by_card: terms`ΚΑΡΤΑ`,
    no_name: terms`ΑΠΟΔΕΙΞΗ | ΤΙΜΟΛΟΓΙΟ | ΑΦΜ | ΤΗΛ`,
    registration: terms`ΑΦΜ | ΔΟΥ`,
    discount_row: terms`ΕΚΠΤΩΣΗ`,
    discount_first: terms`ΕΚΠΤΩΣΗ`,
    refund: terms`ΕΠΙΣΤΡΟΦΗ`,
  },
};
