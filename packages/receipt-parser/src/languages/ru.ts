import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const ru: Language = {
  code: 'ru',
  months: ['ЯНВ', 'ФЕВ', 'МАР', 'АПР', 'МАЯ МАИ', 'ИЮН', 'ИЮЛ', 'АВГ', 'СЕН', 'ОКТ', 'НОЯ', 'ДЕК'],
  signs: {
    total: terms`ИТОГ | К ОПЛАТЕ | ВСЕГО`,
    strong_total: terms`К ОПЛАТЕ`,
    subtotal: terms`ПОДЫТОГ | ПРОМЕЖУТОЧН`,
    tax: terms`НДС`,
    discount: terms`СКИДКА`,
    tendered: terms`НАЛИЧНЫМИ | НАЛИЧНЫЕ | БЕЗНАЛИЧН | КАРТОИ | ПОЛУЧЕНО | ЭЛЕКТРОННЫМИ`,
    change: terms`СДАЧА`,
    rounding: terms`ОКРУГЛ`,
    tip: terms`ЧАЕВЫЕ`,
    count: terms`КОЛИЧЕСТВО`,
    service_charge: terms`ОБСЛУЖИВАНИЕ | СЕРВИСНЫИ СБОР`,
  },
  phrases: {
    date_label: terms`ДАТА`,
    time_label: terms`ВРЕМЯ`,
    paid_by_cash: terms`НАЛИЧН`,
    paid_by_card: terms`КАРТ`,
    no_name: terms`КАССОВЫИ ЧЕК | ЧЕК | ИНН | ТЕЛ | ДОБРО ПОЖАЛОВАТЬ`,
    registration: terms`ИНН`,
    discount_row: terms`СКИДКА | БОНУСЫ`,
    discount_first: terms`СКИДКА`,
    refund: terms`ВОЗВРАТ`,
  },
};
