import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const ar: Language = {
  code: 'ar',
  signs: {
    total: terms`الإجمالي | المجموع | الاجمالي | المبلغ المستحق`,
    tax: terms`ضريبة | القيمة المضافة`,
    tendered: terms`نقد | المدفوع`,
    change: terms`الباقي`,
    discount: terms`خصم`,
  },
  phrases: {
    paid_by_cash: terms`نقد`,
    date_label: terms`التاريخ`,
  },
};
