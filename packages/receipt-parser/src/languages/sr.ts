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
    tip: terms`NAPOJNICA`,
  },
  signs: {
    total: terms`УКУПНО | ЗА УПЛАТУ`,
    tax: terms`ПДВ | ПОРЕЗ`,
    tendered: terms`ГОТОВИНА | КАРТИЦА | УПЛАЋЕНО`,
    change: terms`ПОВРАЋАЈ | КУСУР`,
    discount: terms`ПОПУСТ`,
    service_charge: terms`УСЛУГА СЕРВИСА`,
    tip: terms`НАПОИНИЦА`,
    rounding: terms`ЗАОКРУЖ`,
  },
  phrases: {
    paid_by_cash: terms`GOTOVINA | ГОТОВИНА`,
    paid_by_card: terms`KARTICA | КАРТИЦА`,
    no_name: terms`\bRACUN\b | РАЧУН`,
    legal_form: terms`\bD\.O\.O\b`,
    discount_row: terms`ПОПУСТ | POPUST`,
    discount_first: terms`ПОПУСТ | POPUST`,
    refund: terms`РЕФУНДАЦИЈА | РЕФУНДАЦИJА | REFUNDACIJA`,
    date_label: terms`DATUM\b | ДАТУМ`,
  },
};
