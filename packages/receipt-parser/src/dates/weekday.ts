import { LANGUAGES } from '../languages/languages.ts';
import { type DateOrder, isoDay, type PrintedDate } from './scan-dates.ts';

/** Weekdays by the first letters of their names in all languages; 0 is Monday. A name of two weekdays tells nothing. */
const BY_NAME = new Map<string, number | null>();
for (const { weekdays } of LANGUAGES) {
  weekdays?.forEach((names, day) => {
    for (const name of names.split(' ')) BY_NAME.set(name, BY_NAME.has(name) && BY_NAME.get(name) !== day ? null : day);
  });
}

const NAME_MIN = 3;
const NAME_MAX = 6;
const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday. */
const EPOCH_WEEKDAY = 3;

/**
 * The orders in which the date falls on the weekday that its row names (`TUESDAY 5-4-2011` is the 5th of April); all of
 * `orders` where the row names none, or none fits.
 */
export function ordersOnWeekday(
  row_key: string,
  date: PrintedDate,
  orders: readonly DateOrder[],
): readonly DateOrder[] {
  if (orders.length < 2) return orders;
  const named = weekdayIn(row_key);
  if (named === null) return orders;
  const fitting = orders.filter((order) => {
    const day = isoDay(date, order);
    return day !== null && (Math.round(Date.parse(day) / DAY_MS) + EPOCH_WEEKDAY) % 7 === named;
  });
  return fitting.length > 0 ? fitting : orders;
}

function weekdayIn(row_key: string): number | null {
  for (const [word] of row_key.matchAll(/[A-Z\u0080-\uffff]{3,}/g)) {
    for (let length = Math.min(word.length, NAME_MAX); length >= NAME_MIN; length -= 1) {
      const day = BY_NAME.get(word.slice(0, length));
      if (day !== undefined) return day;
    }
  }
  return null;
}
