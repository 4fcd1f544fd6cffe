import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const et: Language = {
  code: 'et',
  labels: {
    total: terms`KOKKU\b | TASUDA`,
    tax: terms`KAIBEMAKS`,
    tendered: terms`SULARAHA | KAART`,
    change: terms`TAGASI`,
    discount: terms`SOODUSTUS`,
    subtotal: terms`VAHESUMMA`,
  },
  phrases: {
    paid_by_cash: terms`SULARAHA`,
    paid_by_card: terms`KAART`,
  },
};
