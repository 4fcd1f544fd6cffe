import { matches } from '../text/matches.ts';
import { mayNameMonth, monthOf } from '../text/months.ts';

/** A date as printed: which part is which may still be open. Offsets into the scanned text. */
export interface PrintedDate {
  /** Numbers in printed order; a two-digit year is still two digits. */
  readonly parts: readonly [number, number, number];
  /** Settled by the print (`year` first, or a month by name), or open between day and month first. */
  readonly order: 'ymd' | 'dmy' | 'mdy' | 'open';
  readonly year_digits: 2 | 4;
  readonly from: number;
  readonly to: number;
}

const NOT_BEFORE = String.raw`(?<![\d.,/-]|\d:)`;
const NOT_BEHIND = String.raw`(?![\d]|[./-]\d)`;
const SEPARATOR = '( ?[-/.] ?)';
const YEAR_FIRST = new RegExp(`${NOT_BEFORE}((?:19|20)\\d\\d)${SEPARATOR}(\\d{1,2})\\2(\\d{1,2})(?!\\d)`, 'g');
const YEAR_LAST = new RegExp(`${NOT_BEFORE}(\\d{1,2})${SEPARATOR}(\\d{1,2})\\2((?:19|20)?\\d\\d)${NOT_BEHIND}`, 'g');
const CJK = /((?:19|20)\d\d) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]/g;
const DAY_MONTH_NAME =
  /(?<![\d.,])(\d{1,2})(?:ST|ND|RD|TH|ER|º|\.)?[ .,/-]{0,2}(?:DE )?(\p{Lu}{3,10})[.,]?[ .,/'-]{0,2}(?:DE )?((?:19|20)?\d\d)(?!\d)/gu;
const MONTH_NAME_DAY =
  /(?<![\p{L}])(\p{Lu}{3,10})[.,]?[ -]{0,2}(\d{1,2})(?:ST|ND|RD|TH)?(?:, ?| |-|'|, ')((?:19|20)\d\d|\d\d(?![\d:]))(?!\d)/gu;
const COMPACT = /(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/g;
const SPACED = /(?<![\d.,/:-] ?)(\d{1,2}) (\d{1,2}) (20\d\d)(?![\d.,])/g;

const NONE: readonly PrintedDate[] = [];

/** All dates in a folded text, possible as calendar days in at least one order. */
export function scanDates(text: string): readonly PrintedDate[] {
  const in_numbers = /\d ?[-/.] ?\d{1,2} ?[-/.] ?\d/.test(text);
  const in_cjk = /[年년]/.test(text);
  const in_words = mayNameMonth(text);
  const run_together = /20\d\d/.test(text);
  if (!in_numbers && !in_cjk && !in_words && !run_together) return NONE;
  const found: PrintedDate[] = [];
  const add = (
    match: RegExpExecArray,
    parts: [number, number, number],
    order: PrintedDate['order'],
    year: string,
  ): void => {
    const to = match.index + match[0].length;
    if (found.some((date) => date.from < to && match.index < date.to)) return;
    const date: PrintedDate = { parts, order, year_digits: year.length === 4 ? 4 : 2, from: match.index, to };
    if (isPossible(date)) found.push(date);
  };
  if (in_numbers) {
    for (const m of matches(YEAR_FIRST, text)) add(m, [Number(m[1]), Number(m[3]), Number(m[4])], 'ymd', m[1] ?? '');
    for (const m of matches(YEAR_LAST, text)) add(m, [Number(m[1]), Number(m[3]), Number(m[4])], 'open', m[4] ?? '');
  }
  if (in_cjk) {
    for (const m of matches(CJK, text)) add(m, [Number(m[1]), Number(m[2]), Number(m[3])], 'ymd', m[1] ?? '');
  }
  if (in_words) {
    for (const m of matches(DAY_MONTH_NAME, text)) {
      const month = monthOf(m[2] ?? '');
      if (month !== null) add(m, [Number(m[1]), month, Number(m[3])], 'dmy', m[3] ?? '');
    }
    for (const m of matches(MONTH_NAME_DAY, text)) {
      const month = monthOf(m[1] ?? '');
      if (month !== null) add(m, [month, Number(m[2]), Number(m[3])], 'mdy', m[3] ?? '');
    }
  }
  if (run_together) {
    for (const m of matches(SPACED, text)) add(m, [Number(m[1]), Number(m[2]), Number(m[3])], 'open', m[3] ?? '');
    for (const m of matches(COMPACT, text)) add(m, [Number(m[1]), Number(m[2]), Number(m[3])], 'ymd', m[1] ?? '');
  }
  return found;
}

/** The order in which a date's numbers are to be read. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** ISO 8601 day for the given order, or null where that is no calendar day between 1970 and 2099. */
export function isoDay(date: PrintedDate, order: DateOrder): string | null {
  const [a, b, c] = date.parts;
  const [day, month, printed_year] = order === 'ymd' ? [c, b, a] : order === 'mdy' ? [b, a, c] : [a, b, c];
  const year = printed_year >= 100 ? printed_year : printed_year + (printed_year >= 80 ? 1900 : 2000);
  if (month < 1 || month > 12 || day < 1 || year < 1970 || year > 2099) return null;
  if (day > daysIn(month, year)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysIn(month: number, year: number): number {
  // Every fourth year is a leap year between 1970 and 2099.
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The orders that the print allows. */
export function ordersOf(date: PrintedDate): DateOrder[] {
  const orders: DateOrder[] =
    date.order !== 'open' ? [date.order] : date.year_digits === 2 ? ['dmy', 'mdy', 'ymd'] : ['dmy', 'mdy'];
  return orders.filter((order) => isoDay(date, order) !== null);
}

function isPossible(date: PrintedDate): boolean {
  return ordersOf(date).length > 0;
}
