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
    service_charge: terms`ค่าบริการ | เซอร์วิส`,
    tip: terms`ทิป`,
    rounding: terms`ปัดเศษ`,
  },
  words: {
    place: terms`SOI | THANON`,
    phone: terms`โทร`,
  },
  phrases: {
    legal_form: terms`บริษัท`,
    paid_by_cash: terms`เงินสด`,
    discount_row: terms`ส่วนลด`,
    discount_first: terms`ส่วนลด`,
    refund: terms`คืนสินค้า | คืนเงิน`,
    date_label: terms`วันที่`,
  },
};
