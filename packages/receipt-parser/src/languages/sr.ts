import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const sr: Language = {
  code: 'sr',
  labels: {
    total: terms`UKUPNO | ZA UPLATU | ZA PLACANJE`,
    tax: terms`PDV\b | POREZ`,
    tendered: terms`GOTOVINA | KARTICA`,
    change: terms`POVRAT | KUSUR | POVRACAJ`,
    discount: terms`POPUST`,
    subtotal: terms`MEDUZBROJ`,
  },
  signs: {
    total: terms`УКУПНО | ЗА УПЛАТУ`,
    tax: terms`ПДВ | ПОРЕЗ`,
    tendered: terms`ГОТОВИНА | КАРТИЦА | УПЛАЋЕНО`,
    change: terms`ПОВРАЋАЈ | КУСУР`,
    discount: terms`ПОПУСТ`,
  },
  phrases: {
    paid_by_cash: terms`GOTOVINA | ГОТОВИНА`,
    paid_by_card: terms`KARTICA | КАРТИЦА`,
    no_name: terms`\bRACUN\b | РАЧУН`,
    legal_form: terms`\bD\.O\.O\b`,
  },
};
