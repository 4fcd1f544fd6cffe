import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const lv: Language = {
  code: 'lv',
  labels: {
    total: terms`KOPA\b | APMAKSAI | SAMAKSAI`,
    tax: terms`PVN\b`,
    tendered: terms`SKAIDRA | KARTE`,
    change: terms`ATLIKUMS | IZDOTS`,
    discount: terms`ATLAIDE`,
    subtotal: terms`STARPSUMMA`,
    service_charge: terms`APKALPOSAN`,
    tip: terms`DZERAMNAUDA`,
    rounding: terms`NOAPALOSAN`,
    deposit: terms`DEPOZITS`,
  },
  phrases: {
    paid_by_cash: terms`SKAIDRA`,
    discount_row: terms`ATLAIDE`,
    discount_first: terms`ATLAIDE`,
    refund: terms`ATGRIESAN`,
    date_label: terms`DATUMS`,
  },
};
