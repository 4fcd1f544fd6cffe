import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const th: Language = {
  code: 'th',
  signs: {
    subtotal: terms`รวมเงิน | มูลค่าก่อน`,
    total: terms`รวม | ยอดสุทธิ | ยอดรวม | รวมทั้งสิ้น | สุทธิ | ยอดช`,
    tax: terms`ภาษี`,
    discount: terms`ส่วนลด`,
    tendered: terms`เงินสด | รับเงิน | บัตรเครดิต`,
    change: terms`เงินทอน | ทอน`,
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
