import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const bg: Language = {
  code: 'bg',
  signs: {
    total: terms`ОБЩА СУМА | ВСИЧКО | ОБЩО`,
    tax: terms`ДДС`,
    discount: terms`ОТСТЪПКА`,
    tendered: terms`В БРОИ | ПЛАТЕНО`,
    change: terms`РЕСТО`,
    subtotal: terms`МЕЖДИННА СУМА`,
    service_charge: terms`ОБСЛУЖВАНЕ`,
    tip: terms`БАКШИШ`,
    rounding: terms`ЗАКРЪГЛ`,
  },
  phrases: {
    date_label: terms`ДАТА`,
    paid_by_cash: terms`В БРОИ`,
    no_name: terms`ФИСКАЛЕН БОН | ЕИК`,
    discount_row: terms`ОТСТЪПКА`,
    discount_first: terms`ОТСТЪПКА`,
    refund: terms`СТОРНО | ВЪЗСТАНОВЯВАНЕ`,
  },
};
