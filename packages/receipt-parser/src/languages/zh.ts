import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const zh: Language = {
  code: 'zh',
  signs: {
    total: terms`总计 | 總計 | 合计`,
    subtotal: terms`小计`,
    change: terms`找零`,
  },
  phrases: {
    date_label: terms`日期`,
    legal_form: terms`有限公司`,
  },
};
