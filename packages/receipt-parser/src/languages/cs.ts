import type { Language } from './language.ts';
import { terms } from './terms.ts';

export const cs: Language = {
  code: 'cs',
  months: ['LED', 'UNO', 'BRE', 'DUB', 'KVE', 'CERVNA', 'CERVENC', 'SRP', 'ZAR', 'RIJ', 'LIS', 'PRO'],
  labels: {
    rounding: terms`ZAOKROUHL`,
    amount: terms`CASTKA\b`,
    total: terms`CELKEM | K UHRADE | K PLATBE | SOUCET | K ZAPLACENI | CASTKA CELKEM`,
    subtotal: terms`MEZISOUCET`,
    tax: terms`DPH\b | DAN \d`,
    discount: terms`SLEVA`,
    tip: terms`SPROPITNE`,
    tendered: terms`HOTOVOST | KARTA | PLATBA | PRIJATO | ZAPLACENO | KARTOU`,
    change: terms`VRATIT | VRACENO | K VRACENI | VRATKA`,
    service_charge: terms`OBSLUHA\b | SERVISNI POPLATEK`,
    deposit: terms`ZALOHA`,
    count: terms`POCET POLOZEK | POLOZEK`,
  },
  words: {
    place: terms`NAM | NAMESTI`,
    trade: terms`RESTAURACE`,
    column: terms`CENA`,
  },
  phrases: {
    tare: terms`^PT:`,
    refund: terms`DOBROPIS | VRATKA$`,
    sum_row: terms`CELKEM | HOTOVOST | KARTA | VRATIT`,
    date_label: terms`DATUM`,
    time_label: terms`\bCAS\b`,
    discount_row: terms`SLEVA`,
    discount_first: terms`SLEVA`,
    legal_form: terms`\bS\.R\.O\b | \bA\.S\.`,
    paid_by_card: terms`\bKARTA\b`,
    paid_by_cash: terms`HOTOVOST`,
  },
};
