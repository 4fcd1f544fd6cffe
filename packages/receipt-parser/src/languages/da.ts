import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const da: Language = {
  code: 'da',
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MAJ', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEC'],
  labels: {
    total: terms`AT BETALE`,
    strong_total: terms`AT BETALE`,
    rounding: terms`ORESUTJ`,
    tax: terms`MOMS\b`,
    deposit: terms`PANT\b`,
    tendered: terms`KONTANT | KORT\b`,
    change: terms`VEKSEL | TILBAKE`,
  },
  words: {
    region: terms`DANMARK`,
    column: terms`BELOB`,
    document: terms`KVITTERING | BON`,
    phone: terms`TLF`,
  },
  phrases: {
    date_label: terms`\bDATO\b`,
    tax_part: terms`\bHERAF`,
    legal_form: terms`\bA\/S\b | \bAPS\b`,
    place_ending: terms`GADE\b | [A-Z\u00c0-\uffff]VEJ\b`,
    paid_by_card: terms`\bKORT\b`,
    paid_by_cash: terms`KONTANT`,
  },
};
