import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const vi: Language = {
  code: 'vi',
  labels: {
    subtotal: terms`TAM TINH`,
    discount: terms`GIAM GIA | CHIET KHAU | KHUYEN MAI`,
    tax: terms`THUE`,
    total: terms`TONG CONG | THANH TIEN | TONG TIEN | TONG THANH TOAN | PHAI TRA`,
    tendered: terms`TIEN MAT | KHACH | KHACH DUA | KHACH TRA | TIEN KHACH`,
    change: terms`TIEN THUA | TIEN THOI | TRA LAI | TIEN TRA`,
    service_charge: terms`PHI DICH VU | PHI PHUC VU`,
    tip: terms`TIEN TIP | TIP\b`,
    rounding: terms`LAM TRON`,
    count: terms`SO LUONG MON`,
  },
  phrases: {
    sum_row: terms`TONG CONG | THANH TOAN`,
    legal_form: terms`CONG TY`,
    paid_by_cash: terms`TIEN MAT`,
    discount_row: terms`GIAM GIA | CHIET KHAU | KHUYEN MAI`,
    discount_first: terms`GIAM GIA | CHIET KHAU`,
    refund: terms`HOAN TIEN | TRA HANG`,
    date_label: terms`\bNGAY\b`,
  },
};
