import { phrases, phrasesSource } from '../languages/languages.ts';
import type { Row } from '../layout/row.ts';
import { isMonth, mayNameMonth } from '../text/months.ts';

/** Three numbers as a date is written, also where they are no day; parts of a longer number are none. */
const NUMBERS = /(?<![\d/-])\d{1,4} ?([/-]) ?\d{1,2} ?\1 ?\d{2,4}(?![\d/-])/;
const CLOCK = /(?<![\d:.,/-])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]*[.,-]\d)/;
/** A title with room for a day behind it; a sentence about one has more words. */
const LABEL = new RegExp(String.raw`(?:${phrasesSource('date_label')})(?:\W*$|\W*[:#\d])`);
const OTHER_DAY = phrases('other_day');
const HOURS = phrases('opening_hours');
/** Beside a day or a year: longer numbers are articles'. */
const NAME_AND_NUMBER =
  /(?<!\p{L})(\p{Lu}{3,9})[., '-]{0,2}(?:\d{1,2}|\d{4})(?!\d)|(?<!\d)(?:\d{1,2}|\d{4})[., '-]{0,2}(\p{Lu}{3,9})(?!\p{L})/u;
const LABEL_LENGTH_MAX = 40;

/**
 * Whether something on the receipt says that it prints the day: a title for it, a clock, numbers or a month's name as a
 * date has them. Without any of these the receipt has no day on it, and one that is missing was not overlooked.
 */
export function hasSignsOfDate(rows: readonly Row[]): boolean {
  return rows.some(({ key, digits }) => {
    if (key.length <= LABEL_LENGTH_MAX && LABEL.test(key) && !OTHER_DAY.test(key)) return true;
    if (digits < 2 || HOURS.test(key) || OTHER_DAY.test(key)) return false;
    return CLOCK.test(key) || NUMBERS.test(key) || hasMonth(key);
  });
}

function hasMonth(key: string): boolean {
  if (!mayNameMonth(key)) return false;
  const [, before, behind] = NAME_AND_NUMBER.exec(key) ?? [];
  return isMonth(before ?? behind ?? '');
}
