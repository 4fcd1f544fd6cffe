import { phrasesSource, wordsSource } from '../languages/languages.ts';
import { matches } from '../text/matches.ts';
import { mayNameMonth, monthOf } from '../text/months.ts';

/** A date as printed: which part is which may still be open. Offsets into the scanned text. */
export interface PrintedDate {
  /** Numbers in printed order; a two-digit year is still two digits, an era's year is one of the common era. */
  readonly parts: readonly [number, number, number];
  /** Settled by the print (`year` first, or a month by name), or open between the orders. */
  readonly order: 'ymd' | 'dmy' | 'mdy' | 'open';
  readonly year_digits: 2 | 4;
  /** What stands between the numbers: points are hardly ever set where the month comes first. */
  readonly separator: string;
  /** Digits without a mark between them: as likely a part of another number. */
  readonly compact: boolean;
  readonly from: number;
  readonly to: number;
}

const NOT_BEFORE = String.raw`(?<![\d.,/-]|\d:)`;
/** A clock may follow without a blank: `14/03/201318:05`, `14.03.18-20:15`. */
const NOT_BEHIND = String.raw`(?=[-/. ]?\d{1,2}[:.]\d\d(?!\d)|$|[^\d./-]|[./-](?!\d))`;
const SEPARATOR = '( ?[-/.] ?)';
const YEAR_FIRST = new RegExp(
  `${NOT_BEFORE}((?:19|20|25)\\d\\d)${SEPARATOR}(\\d{1,2})\\2(\\d{1,2})(?=\\d\\d:|\\D|$)`,
  'g',
);
const YEAR_LAST = new RegExp(
  `${NOT_BEFORE}(\\d{1,2})${SEPARATOR}(\\d{1,2})\\2((?:19|20|25)\\d\\d|\\d\\d)${NOT_BEHIND}`,
  'g',
);
/** Marks that differ, as one of them was misread; a year of four digits has to make up for it. */
const MIXED = new RegExp(`${NOT_BEFORE}(\\d{1,2})( ?[-/. ] ?)(\\d{1,2}) ?[-/.] ?((?:19|20)\\d\\d)${NOT_BEHIND}`, 'g');
const CJK = /((?:19|20)\d\d) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]/g;
/** Years of the Japanese eras and of the Republic of China. */
const ERA = /(令和|平成|R|H|民國|中華民國) ?(\d{1,3}|元) ?[年./-] ?(\d{1,2}) ?[月./-] ?(\d{1,2})(?!\d)/g;
const ROC = /(?<![\d.,/-])(1[01]\d) ?[年/-] ?(\d{1,2}) ?[月/-] ?(\d{1,2})(?![\d/-])/g;
const ROC_YEAR = /(?<!\d)1[01]\d(?!\d)/;
const ORDINAL = `(?:${wordsSource('ordinal')}|[º°"'.])`;
const OF = `(?:(?:${wordsSource('date_joining')}) )`;
const MARKS = "[ .,/'-]{0,2}";
const NAME = String.raw`(\p{Lu}{3,10})`;
const DAY_MONTH_NAME = new RegExp(
  String.raw`(?<![\d.,#])(\d{1,2})${ORDINAL}?${MARKS}${OF}?${NAME}[.,]?${MARKS}${OF}?((?:19|20|25)\d\d|\d\d(?!\d))(?=\D|$|\d{1,2}:)`,
  'gu',
);
/** A year behind an apostrophe, a comma or of four digits: `JUL.30'11`, `MARCH 27TH 2018`, `AUG262017`. */
const MONTH_NAME_DAY_YEAR = new RegExp(
  String.raw`(?<!\p{L})${NAME}${MARKS}(\d{1,2})(?:${ORDINAL})?(?:${MARKS}((?:19|20)\d\d)|, ?'?(\d\d)|'(\d\d))(?=\D|$|\d{1,2}:)`,
  'gu',
);
const MONTH_NAME_DAY = new RegExp(
  String.raw`(?<!\p{L})${NAME}[.,]?[ -]{0,2}(\d{1,2})(?:${ORDINAL})?(?: |-)((?:19|20)\d\d|\d\d(?![\d:]|[-/.]\d))(?!\d)`,
  'gu',
);
const COMPACT = /(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/g;
/** Six or eight digits, behind a word for the date only. */
const LABELLED = new RegExp(
  String.raw`(?:${phrasesSource('date_label')})[ .:#\t]{0,3}(?:(\d\d)(\d\d)(20\d\d)|(\d\d)(\d\d)(\d\d))(?!\d|[./-]\d)`,
  'g',
);
const SIX_OR_EIGHT = /(?<!\d)\d{6}(?:\d\d)?(?!\d)/;
const SPACED = /(?<![\d.,/:-] ?)(\d{1,2}) (\d{1,2}) (20\d\d)(?![\d.,])/g;

/** `0CT25'14`, `12 N0V 19`: an O in a month's name that was read as a nought. */
const ZERO_IN_MONTH = /(?<![A-Z\d])0(?=[CK]T)|(?<=N)0(?=V)/g;
const NONE: readonly PrintedDate[] = [];

/** All dates in a folded text, possible as calendar days in at least one order. */
export function scanDates(printed: string): readonly PrintedDate[] {
  const may_be_o = printed.includes('0C') || printed.includes('0K') || printed.includes('N0');
  const text = may_be_o ? printed.replace(ZERO_IN_MONTH, 'O') : printed;
  const { separators, is_ascii, digits } = shapeOf(text);
  const in_numbers = separators >= 2 && /\d ?[-/.] ?\d{1,2} ?[-/.] ?\d/.test(text);
  const in_cjk = !is_ascii && /[年년]/.test(text);
  const in_words = mayNameMonth(text, is_ascii);
  const run_together = digits >= 4 && /20\d\d|\d{6}/.test(text);
  if (!in_numbers && !in_cjk && !in_words && !run_together) return NONE;
  const found: PrintedDate[] = [];
  const add = (
    match: RegExpExecArray,
    parts: [number, number, number],
    order: PrintedDate['order'],
    year: string,
    compact = false,
  ): void => {
    const to = match.index + match[0].length;
    if (found.some((date) => date.from < to && match.index < date.to)) return;
    const separator = order === 'open' || order === 'ymd' ? (/[-/.]/.exec(match[0])?.[0] ?? '') : '';
    const from = compact ? to - match[0].replace(/^.*?(?=\d+$)/, '').length : match.index;
    const date: PrintedDate = { parts, order, year_digits: year.length === 2 ? 2 : 4, separator, compact, from, to };
    if (isPossible(date)) found.push(date);
  };
  if (in_words) {
    for (const m of matches(MONTH_NAME_DAY_YEAR, text)) {
      const month = monthOf(m[1] ?? '');
      const year = m[3] ?? m[4] ?? m[5] ?? '';
      if (month !== null) add(m, [month, Number(m[2]), Number(year)], 'mdy', year);
    }
    for (const m of matches(DAY_MONTH_NAME, text)) {
      const month = monthOf(m[2] ?? '');
      if (month !== null) add(m, [Number(m[1]), month, Number(m[3])], 'dmy', m[3] ?? '');
    }
    for (const m of matches(MONTH_NAME_DAY, text)) {
      const month = monthOf(m[1] ?? '');
      if (month !== null) add(m, [month, Number(m[2]), Number(m[3])], 'mdy', m[3] ?? '');
    }
  }
  if (in_cjk) {
    for (const m of matches(CJK, text)) add(m, [Number(m[1]), Number(m[2]), Number(m[3])], 'ymd', m[1] ?? '');
  }
  if (in_cjk || /[RH] ?\d/.test(text)) {
    for (const m of matches(ERA, text)) {
      const year = (m[2] === '元' ? 1 : Number(m[2])) + (ERA_STARTS[m[1] ?? ''] ?? 0);
      add(m, [year, Number(m[3]), Number(m[4])], 'ymd', '2000');
    }
  }
  if (in_numbers) {
    for (const m of matches(YEAR_FIRST, text)) add(m, [Number(m[1]), Number(m[3]), Number(m[4])], 'ymd', m[1] ?? '');
    for (const m of matches(YEAR_LAST, text)) add(m, [Number(m[1]), Number(m[3]), Number(m[4])], 'open', m[4] ?? '');
    for (const m of matches(MIXED, text)) add(m, [Number(m[1]), Number(m[3]), Number(m[4])], 'open', m[4] ?? '');
  }
  if ((in_numbers || in_cjk) && ROC_YEAR.test(text)) {
    for (const m of matches(ROC, text)) add(m, [Number(m[1]) + 1911, Number(m[2]), Number(m[3])], 'ymd', '2000');
  }
  if (run_together) {
    for (const m of matches(SPACED, text)) add(m, [Number(m[1]), Number(m[2]), Number(m[3])], 'open', m[3] ?? '');
    for (const m of matches(COMPACT, text)) add(m, [Number(m[1]), Number(m[2]), Number(m[3])], 'ymd', m[1] ?? '', true);
    for (const m of SIX_OR_EIGHT.test(text) ? matches(LABELLED, text) : []) {
      const year = m[3] ?? m[6] ?? '';
      add(m, [Number(m[1] ?? m[4]), Number(m[2] ?? m[5]), Number(year)], 'open', year, true);
    }
  }
  return found;
}

interface Shape {
  /** Hyphens, slashes and points. */
  readonly separators: number;
  readonly is_ascii: boolean;
  /** The longest run of digits. */
  readonly digits: number;
}

/** What a text can have in it at all, in one pass: most rows have no date, and patterns cost more. */
function shapeOf(text: string): Shape {
  let separators = 0;
  let is_ascii = true;
  let digits = 0;
  let run = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      run += 1;
      if (run > digits) digits = run;
      continue;
    }
    run = 0;
    // Hyphen, point and slash follow each other.
    if (code >= 45 && code <= 47) separators += 1;
    else if (code > 127) is_ascii = false;
  }
  return { separators, is_ascii, digits };
}

/** The year before the first of each era; the Reiwa era began in 2019, the Heisei era in 1989, the Republic in 1912. */
const ERA_STARTS: Readonly<Record<string, number>> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  民國: 1911,
  中華民國: 1911,
};

/** The order in which a date's numbers are to be read. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** ISO 8601 day for the given order, or null where that is no calendar day between 1970 and 2099. */
export function isoDay(date: PrintedDate, order: DateOrder): string | null {
  const [a, b, c] = date.parts;
  const [day, month, printed_year] = order === 'ymd' ? [c, b, a] : order === 'mdy' ? [b, a, c] : [a, b, c];
  const year = yearOf(printed_year);
  if (month < 1 || month > 12 || day < 1 || year < 1970 || year > 2099) return null;
  if (day > daysIn(month, year)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Buddhist years, which Thailand prints, are 543 ahead; no other calendar in use is near them. */
const BUDDHIST_AHEAD = 543;

/** `09/06/64`: of the common era, receipts have no such years yet. */
export function isShortBuddhistYear(printed: number): boolean {
  return printed >= 55 && printed < 80;
}

function yearOf(printed: number): number {
  if (printed >= 2450) return printed - BUDDHIST_AHEAD;
  if (printed >= 100) return printed;
  if (isShortBuddhistYear(printed)) return printed + 2500 - BUDDHIST_AHEAD;
  return printed + (printed >= 80 ? 1900 : 2000);
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
