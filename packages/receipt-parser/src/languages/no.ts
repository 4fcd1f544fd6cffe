import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const no: Language = {
  code: 'no',
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MAI', 'JUN', 'JUL', 'AUG', 'SEP', 'OKT', 'NOV', 'DES'],
  labels: {
    amount: terms`BELOP\b | SUM\b`,
    total: terms`A BETALE | TOTALT | SUM (?:\d+ )?VARER? | SUM TOTAL`,
    subtotal: terms`DELSUM`,
    rounding: terms`AVRUNDN`,
    tax: terms`MVA\b`,
    tendered: terms`KONTANT | KORT\b | BETALT | MOTTATT | BANKKORT | VIPPS`,
    change: terms`VEKSEL | TILBAKE`,
    discount: terms`RABATT`,
    service_charge: terms`SERVICEAVGIFT | SERVICEGEBYR`,
    tip: terms`TIPS\b | DRIKS`,
  },
  words: {
    region: terms`NORGE`,
    trade: terms`BUTIKK`,
    document: terms`KVITTERING`,
    phone: terms`TLF`,
  },
  phrases: {
    sum_row: terms`A BETALE | \bSUM\b | KONTANT`,
    date_label: terms`\bDATO\b`,
    tax_part: terms`\bHVORAV`,
    legal_form: terms`\bAS\.?$ | \bA\.?S\.?$`,
    registration: terms`\bORG\.? ?NR`,
    place_ending: terms`[A-Z\u00c0-\uffff]GATA\b | [A-Z\u00c0-\uffff]VEIEN\b`,
    paid_by_card: terms`\bKORT\b`,
    paid_by_cash: terms`KONTANT`,
    discount_row: terms`RABATT`,
    discount_first: terms`RABATT`,
    refund: terms`RETUR(?:KVITTERING)?$ | KREDITNOTA | TILBAKEBETALING`,
  },
};
