import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const vi: Language = {
  code: 'vi',
  labels: {
    total: terms`TONG CONG`,
    tendered: terms`TIEN MAT | KHACH`,
    change: terms`TIEN THUA`,
  },
  phrases: {
    legal_form: terms`CONG TY`,
    paid_by_cash: terms`TIEN MAT`,
  },
};
