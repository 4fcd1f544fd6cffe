import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const da: Language = {
  code: 'da',
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MAJ', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DEC'],
  weekdays: ['MANDAG', 'TIRSDA', 'ONSDAG', 'TORSDA', 'FREDAG', 'LORDAG', 'SONDAG'],
  labels: {
    tip: terms`DRIKKEPENGE`,
    amount: terms`BELOB\b`,
    total: terms`AT BETALE | I ALT\b | TOTALT | SUM\b`,
    strong_total: terms`AT BETALE`,
    rounding: terms`ORESUTJ`,
    tax: terms`MOMS\b`,
    deposit: terms`PANT\b`,
    tendered: terms`KONTANT | KORT\b | DANKORT | BETALT | MODTAGET | MOBILEPAY`,
    change: terms`VEKSEL | TILBAKE | RETUR\b | BYTTEPENGE`,
    subtotal: terms`DELSUM | SUBTOTAL`,
    discount: terms`RABAT\b`,
    service_charge: terms`SERVICEGEBYR | SERVERING`,
  },
  words: {
    region: terms`DANMARK`,
    column: terms`BELOB`,
    document: terms`KVITTERING | BON`,
    phone: terms`TLF`,
  },
  phrases: {
    sum_row: terms`AT BETALE | I ALT`,
    date_label: terms`\bDATO\b`,
    tax_part: terms`\bHERAF`,
    legal_form: terms`\bA\/S\b | \bAPS\b`,
    place_ending: terms`GADE\b | [A-Z\u00c0-\uffff]VEJ\b`,
    paid_by_card: terms`\bKORT\b`,
    paid_by_cash: terms`KONTANT`,
    discount_row: terms`RABAT\b`,
    discount_first: terms`RABAT\b`,
    refund: terms`REFUNDERING | KREDITNOTA | RETUR$`,
  },
};
