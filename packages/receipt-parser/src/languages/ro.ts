import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const ro: Language = {
  code: 'ro',
  months: ['IAN', 'FEB', 'MAR', 'APR', 'MAI', 'IUN', 'IUL', 'AUG', 'SEP', 'OCT', 'NOI', 'DEC'],
  labels: {
    total: terms`TOTAL DE PLATA | DE PLATA`,
    strong_total: terms`DE PLATA`,
    tendered: terms`NUMERAR | CARD BANCAR`,
    change: terms`REST\b`,
    discount: terms`REDUCERE | DISCOUNT`,
    tax: terms`TVA\b`,
    rounding: terms`ROTUNJ`,
    tip: terms`BACSIS`,
    subtotal: terms`SUBTOTAL`,
    service_charge: terms`SERVICIU\b | TAXA SERVICIU`,
    deposit: terms`SGR\b`,
  },
  words: {
    unit: terms`BUC`,
    place: terms`STRADA | STR | BD`,
  },
  phrases: {
    paid_by_cash: terms`NUMERAR`,
    no_name: terms`BON FISCAL`,
    registration: terms`\bC\.?I\.?F\b | COD FISCAL`,
    noise: terms`BUC\.?`,
    legal_form: terms`\bS\.?C\.? .* S\.?R\.?L\b`,
    tax_table: terms`\bTVA\b.*\bVALOARE\b`,
    discount_row: terms`REDUCERE | DISCOUNT`,
    discount_first: terms`REDUCERE`,
    refund: terms`RETUR$ | STORNARE`,
    date_label: terms`\bDATA\b`,
  },
};
