import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const sl: Language = {
  code: 'sl',
  labels: {
    total: terms`SKUPAJ\b | ZA PLACILO`,
    strong_total: terms`ZA PLACILO`,
    tax: terms`DDV\b`,
    tendered: terms`GOTOVINA | KARTICA`,
    change: terms`VRACILO`,
    discount: terms`POPUST`,
    subtotal: terms`MEDVSOTA | VMESNA VSOTA`,
    service_charge: terms`STROSKI STREZBE`,
    tip: terms`NAPITNINA`,
    rounding: terms`IZRAVNAVA | ZAOKROZITEV`,
    deposit: terms`KAVCIJA`,
  },
  phrases: {
    paid_by_cash: terms`GOTOVINA`,
    discount_row: terms`POPUST`,
    discount_first: terms`POPUST`,
    refund: terms`DOBROPIS | VRACILO BLAGA`,
    date_label: terms`DATUM\b`,
  },
};
