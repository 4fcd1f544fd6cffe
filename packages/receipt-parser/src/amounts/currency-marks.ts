/**
 * Marks that a printed amount carries, with the ISO 4217 code they mean. A mark shared by several countries ($, KR)
 * has no code of its own: the country decides (see `currencyOf`).
 */
export const CURRENCY_MARKS: ReadonlyMap<string, string | null> = new Map([
  ['RM', 'MYR'],
  ['MYR', 'MYR'],
  ['USD', 'USD'],
  ['US$', 'USD'],
  ['S$', 'SGD'],
  ['SGD', 'SGD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['AUD', 'AUD'],
  ['C$', 'CAD'],
  ['CA$', 'CAD'],
  ['CAD', 'CAD'],
  ['NZ$', 'NZD'],
  ['NZD', 'NZD'],
  ['HK$', 'HKD'],
  ['HKD', 'HKD'],
  ['NT$', 'TWD'],
  ['TWD', 'TWD'],
  ['R$', 'BRL'],
  ['BRL', 'BRL'],
  ['MX$', 'MXN'],
  ['MXN', 'MXN'],
  ['EUR', 'EUR'],
  ['EURO', 'EUR'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['GBP', 'GBP'],
  ['CHF', 'CHF'],
  ['SFR', 'CHF'],
  ['FR.', 'CHF'],
  ['¥', null],
  ['JPY', 'JPY'],
  ['円', 'JPY'],
  ['CNY', 'CNY'],
  ['RMB', 'CNY'],
  ['元', 'CNY'],
  ['₩', 'KRW'],
  ['KRW', 'KRW'],
  ['원', 'KRW'],
  ['RP', 'IDR'],
  ['RP.', 'IDR'],
  ['IDR', 'IDR'],
  ['₹', 'INR'],
  ['RS', 'INR'],
  ['RS.', 'INR'],
  ['INR', 'INR'],
  ['฿', 'THB'],
  ['THB', 'THB'],
  ['BAHT', 'THB'],
  ['₱', 'PHP'],
  ['PHP', 'PHP'],
  ['₫', 'VND'],
  ['VND', 'VND'],
  ['ZL', 'PLN'],
  ['PLN', 'PLN'],
  ['KC', 'CZK'],
  ['CZK', 'CZK'],
  ['FT', 'HUF'],
  ['HUF', 'HUF'],
  ['KR', null],
  ['KR.', null],
  ['SEK', 'SEK'],
  ['NOK', 'NOK'],
  ['DKK', 'DKK'],
  ['₺', 'TRY'],
  ['TL', 'TRY'],
  ['TRY', 'TRY'],
  ['₪', 'ILS'],
  ['ILS', 'ILS'],
  ['AED', 'AED'],
  ['SAR', 'SAR'],
  ['ZAR', 'ZAR'],
  ['KWD', 'KWD'],
  ['KD', 'KWD'],
  ['OMR', 'OMR'],
  ['JOD', 'JOD'],
  ['TND', 'TND'],
  ['LEI', 'RON'],
  ['RON', 'RON'],
  ['₽', 'RUB'],
  ['РУБ', 'RUB'],
  ['RUB', 'RUB'],
  ['₴', 'UAH'],
  ['ГРН', 'UAH'],
  ['UAH', 'UAH'],
  ['ЛВ', 'BGN'],
  ['BGN', 'BGN'],
  ['RSD', 'RSD'],
  ['ISK', 'ISK'],
  ['EGP', 'EGP'],
  ['₦', 'NGN'],
  ['NGN', 'NGN'],
  ['KSH', 'KES'],
  ['KES', 'KES'],
  ['PKR', 'PKR'],
  ['LKR', 'LKR'],
  ['৳', 'BDT'],
  ['BDT', 'BDT'],
  ['NPR', 'NPR'],
  ['CLP', 'CLP'],
  ['COP', 'COP'],
  ['ARS', 'ARS'],
  ['PEN', 'PEN'],
  ['S/', 'PEN'],
  ['S/.', 'PEN'],
  ['UYU', 'UYU'],
  ['₡', 'CRC'],
  ['CRC', 'CRC'],
  ['Đ', 'VND'],
  ['R', null],
  ['$', null],
]);

/** Marks that stand behind the figure only: before one they are the end of a code (`FT10060`). */
const BEHIND_ONLY = new Set(['FT', 'KC', 'ZL', 'TL', '円', '元', '원', 'BAHT', 'EURO', 'LEI', 'РУБ', 'ГРН', 'ЛВ', 'Đ']);
/** Marks that stand before the figure only. */
/** (`1 PEN MATA BULAT`: behind a figure, some codes are goods.) */
const BEFORE_ONLY = new Set(['PEN', 'RM', 'RP', 'RP.', 'RS', 'RS.', 'R$', 'S$', 'A$', 'C$', 'FR.', 'R', 'S/', 'S/.']);

function alternatives(marks: readonly string[]): string {
  return [...marks]
    .sort((a, b) => b.length - a.length)
    .map((mark) => mark.replace(/[.$]/g, '\\$&'))
    .join('|');
}

const MARKS = [...CURRENCY_MARKS.keys()];

/** The marks that stand before a figure. The rand's bare R is handled apart. */
export const MARKS_BEFORE: ReadonlySet<string> = new Set(
  MARKS.filter((mark) => mark !== 'R' && !BEHIND_ONLY.has(mark)),
);
/** The marks behind a figure as alternatives of a regular expression, longest first. */
export const MARK_BEHIND_SOURCE = alternatives(MARKS.filter((mark) => !BEFORE_ONLY.has(mark)));
