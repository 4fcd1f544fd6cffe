import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const fi: Language = {
  code: 'fi',
  labels: {
    total: terms`YHTEENSA | SUMMA | MAKSETTAVA | LOPPUSUMMA`,
    subtotal: terms`VALISUMMA`,
    rounding: terms`PYORISTYS`,
    tax: terms`ALV\b`,
    discount: terms`ALENNUS`,
    tendered: terms`KORTTI | KATEINEN | PANKKIKORTTI | MAKSETTU`,
    change: terms`TAKAISIN`,
    count: terms`KPL\b`,
    service_charge: terms`PALVELUMAKSU`,
    tip: terms`TIPPI\b | JUOMARAHA`,
    deposit: terms`PANTTI\b`,
  },
  words: { phone: terms`PUH` },
  phrases: {
    sum_row: terms`YHTEENSA`,
    date_label: terms`PVM`,
    legal_form: terms`\bOY\.?$ | \bOYJ?\b`,
    place_ending: terms`KATU\b`,
    paid_by_card: terms`KORTTI`,
    paid_by_cash: terms`KATEINEN`,
    discount_row: terms`ALENNUS | \bALE\b`,
    discount_first: terms`ALENNUS`,
    refund: terms`PALAUTUS | HYVITYS`,
  },
};
