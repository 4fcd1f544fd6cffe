import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const th: Language = {
  code: 'th',
  signs: {
    total: terms`รวม | ยอดสุทธิ`,
    tax: terms`ภาษี`,
    discount: terms`ส่วนลด`,
    tendered: terms`เงินสด`,
    change: terms`เงินทอน`,
  },
  words: {
    place: terms`SOI | THANON`,
    phone: terms`โทร`,
  },
  phrases: {
    legal_form: terms`บริษัท`,
    paid_by_cash: terms`เงินสด`,
  },
};
