import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const fi: Language = {
  code: 'fi',
  labels: {
    total: terms`YHTEENSA`,
    subtotal: terms`VALISUMMA`,
    rounding: terms`PYORISTYS`,
    tax: terms`ALV\b`,
    discount: terms`ALENNUS`,
    tendered: terms`KORTTI`,
    change: terms`TAKAISIN`,
    count: terms`KPL\b`,
  },
  words: { phone: terms`PUH` },
  phrases: {
    date_label: terms`PVM`,
    legal_form: terms`\bOY\.?$ | \bOYJ?\b`,
    place_ending: terms`KATU\b`,
    paid_by_card: terms`KORTTI`,
    paid_by_cash: terms`KATEINEN`,
  },
};
