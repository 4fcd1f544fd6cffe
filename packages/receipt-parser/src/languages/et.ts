import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const et: Language = {
  code: 'et',
  labels: {
    total: terms`KOKKU\b | TASUDA`,
    tax: terms`KAIBEMAKS`,
    tendered: terms`SULARAHA | KAART`,
    change: terms`TAGASI`,
    discount: terms`SOODUSTUS | ALLAHINDLUS`,
    subtotal: terms`VAHESUMMA`,
    service_charge: terms`TEENINDUSTASU`,
    tip: terms`JOOTRAHA`,
    rounding: terms`UMARDUS | UMARDAMINE`,
    count: terms`KAUPU`,
  },
  phrases: {
    paid_by_cash: terms`SULARAHA`,
    paid_by_card: terms`KAART`,
    discount_row: terms`ALLAHINDLUS | SOODUSTUS`,
    discount_first: terms`ALLAHINDLUS | SOODUSTUS`,
    refund: terms`TAGASTUS`,
    date_label: terms`\bKUUPAEV`,
  },
};
