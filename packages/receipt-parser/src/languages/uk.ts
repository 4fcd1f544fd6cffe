import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const uk: Language = {
  code: 'uk',
  months: ['СІЧ', 'ЛЮТ', 'БЕР', 'КВІ', 'ТРА', 'ЧЕР', 'ЛИП', 'СЕР', 'ВЕР', 'ЖОВ', 'ЛИС', 'ГРУ'],
  signs: {
    total: terms`СУМА | РАЗОМ | ДО СПЛАТИ | УСЬОГО`,
    strong_total: terms`ДО СПЛАТИ`,
    tax: terms`ПДВ`,
    discount: terms`ЗНИЖКА`,
    tendered: terms`ГОТІВКА | КАРТКА`,
    change: terms`РЕШТА`,
    rounding: terms`ЗАОКРУГЛ`,
    subtotal: terms`ПРОМІЖНИИ | ПІДСУМОК`,
    service_charge: terms`ОБСЛУГОВУВАННЯ`,
    tip: terms`ЧАИОВІ`,
  },
  phrases: {
    date_label: terms`ДАТА`,
    paid_by_cash: terms`ГОТІВК`,
    paid_by_card: terms`КАРТК`,
    no_name: terms`ФІСКАЛЬНИИ | ЧЕК`,
    discount_row: terms`ЗНИЖКА`,
    discount_first: terms`ЗНИЖКА`,
    refund: terms`ПОВЕРНЕННЯ`,
  },
};
