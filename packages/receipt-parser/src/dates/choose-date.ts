import { phrases } from '../languages/languages.ts';
import { type Row, wordsBetween } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import { type DateOrder, isoDay, isShortBuddhistYear, ordersOf, type PrintedDate, scanDates } from './scan-dates.ts';
import { ordersOnWeekday } from './weekday.ts';

/** The receipt's date with what speaks for it. */
export interface ChosenDate {
  readonly value: string;
  readonly words: readonly Word[];
  readonly row: number;
  /** The order of day and month is settled by the print, by another date or by the country. */
  readonly order_known: boolean;
  /** Calendar days that the print can mean. */
  readonly readings: number;
  /** Other days printed with as good a claim. */
  readonly rivals: number;
  /** The same day is printed this many times. */
  readonly repeats: number;
  readonly labelled: boolean;
  readonly with_time: boolean;
  readonly year_digits: 2 | 4;
}

const LABEL = phrases('date_label');
/** Days that are not the day of the purchase. */
const OTHER_DAY = phrases('other_day');
/** `1 JAN 17` has no fewer. */
const DIGITS_MIN = 3;
const TIME = /(?<![\d:])([01]?\d|2[0-3]) ?[:.H] ?[0-5]\d/;

interface Candidate {
  readonly date: PrintedDate;
  /** In which it may be read. */
  readonly orders: readonly DateOrder[];
  readonly row: number;
  readonly score: number;
  readonly labelled: boolean;
  readonly with_time: boolean;
}

/**
 * Chooses the day of the purchase. `usual` is the order of the receipt's country, null where no evidence names one;
 * `is_thai`: years of two digits may be Buddhist ones.
 */
export function chooseDate(rows: readonly Row[], usual: DateOrder | null, is_thai = false): ChosenDate | null {
  const candidates = rows.flatMap((row, i) => candidatesOn(rows, row, i));
  if (candidates.length === 0) return null;
  const order = orderOf(candidates, usual);
  const read = candidates.flatMap((candidate) => {
    const { date, orders: possible } = candidate;
    const chosen = chosenOrder(date, possible, order.order);
    const value = chosen === undefined ? null : isoDay(date, chosen);
    const readings = new Set(possible.map((one) => isoDay(date, one))).size;
    // The weekday says otherwise than the country: one of the two is misread or does not count.
    const contested = usual !== null && !possible.includes(usual) && ordersOf(date).includes(usual);
    const foreign_year = !is_thai && date.year_digits === 2 && isShortBuddhistYear(yearPrinted(date, chosen));
    const settled = !contested && !foreign_year && (readings === 1 || order.known || isPlain(date, possible));
    return value === null ? [] : [{ candidate, value, settled, readings }];
  });
  const support = new Map<string, number>();
  for (const { value } of read) support.set(value, (support.get(value) ?? 0) + 1);
  const scored = read
    .map((reading) => ({ ...reading, score: reading.candidate.score + 0.5 * ((support.get(reading.value) ?? 1) - 1) }))
    .sort((a, b) => b.score - a.score || a.candidate.row - b.candidate.row);
  const [best] = scored;
  if (best === undefined) return null;
  const row = rows[best.candidate.row];
  if (row === undefined) return null;
  const rivals = new Set(
    scored.filter(({ score, value }) => value !== best.value && score > best.score - 1.5).map(({ value }) => value),
  );
  return {
    value: best.value,
    words: wordsBetween(row, best.candidate.date.from, best.candidate.date.to),
    row: best.candidate.row,
    order_known: best.settled,
    readings: best.readings,
    rivals: rivals.size,
    repeats: support.get(best.value) ?? 1,
    labelled: best.candidate.labelled,
    with_time: best.candidate.with_time,
    year_digits: best.candidate.date.year_digits,
  };
}

function yearPrinted({ parts }: PrintedDate, order: DateOrder | undefined): number {
  return parts[order === 'ymd' ? 0 : 2];
}

function candidatesOn(rows: readonly Row[], row: Row, index: number): Candidate[] {
  if (row.digits < DIGITS_MIN) return [];
  return scanDates(row.key).map((date) => {
    const before = row.key.slice(0, date.from);
    const around = before + row.key.slice(date.to);
    const above = rows[index - 1]?.key ?? '';
    const labelled = LABEL.test(before) || (LABEL.test(above) && above.length < 16);
    const with_time = TIME.test(row.key.slice(date.to)) || TIME.test(before);
    const score =
      (labelled ? 2 : 0) +
      (with_time ? 1.5 : 0) +
      (OTHER_DAY.test(around) ? -4 : 0) +
      (date.year_digits === 4 ? 0.5 : 0) +
      (date.order === 'open' ? 0.3 : 0) +
      // Compact digits are more often part of a number than a day.
      (date.compact ? -2 : 0);
    const orders = ordersOnWeekday(row.key, date, ordersOf(date));
    return { date, orders, row: index, score, labelled, with_time };
  });
}

/** One order for the whole receipt: a day above 12 settles it, else the country, else day first as most of the world. */
function orderOf(candidates: readonly Candidate[], usual: DateOrder | null): { order: DateOrder; known: boolean } {
  const open = candidates.filter(({ date }) => date.order === 'open').map(({ orders }) => orders);
  const day_first = open.some((orders) => orders.includes('dmy') && !orders.includes('mdy'));
  const month_first = open.some((orders) => orders.includes('mdy') && !orders.includes('dmy'));
  if (usual === 'ymd' && open.some((orders) => orders.includes('ymd'))) return { order: 'ymd', known: true };
  if (day_first !== month_first) return { order: day_first ? 'dmy' : 'mdy', known: true };
  return { order: usual ?? 'dmy', known: usual !== null };
}

/** The receipt's order where the print allows it. */
function chosenOrder(date: PrintedDate, possible: readonly DateOrder[], order: DateOrder): DateOrder | undefined {
  if (possible.includes(order)) return order;
  // Digits run together are counted from the year; so are they in most countries that write a year of two digits first.
  return date.compact && possible.includes('ymd') ? 'ymd' : possible[0];
}

/** Points part no date that begins with the month, and a year of two digits is hardly ever printed first. */
function isPlain({ separator, order }: PrintedDate, possible: readonly DateOrder[]): boolean {
  if (order !== 'open') return true;
  return separator === '.' ? possible.includes('dmy') : !(possible.includes('dmy') && possible.includes('mdy'));
}
