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
    subtotal: terms`المجموع الفرعي | الإجمالي قبل`,
    service_charge: terms`رسوم الخدمة | رسم الخدمة`,
    tip: terms`بقشيش | إكرامية`,
    rounding: terms`تقريب`,
  },
  phrases: {
    paid_by_cash: terms`نقد`,
    date_label: terms`التاريخ`,
    discount_row: terms`خصم`,
    discount_first: terms`خصم`,
    refund: terms`مرتجع`,
  },
};
