import { isoDay, ordersOf, scanDates } from './dates/scan-dates.ts';
import { fold } from './text/fold.ts';

/** Every calendar day that a printed text can mean, in ISO 8601: where day and month can be exchanged, both. */
export function printedDays(text: string): readonly string[] {
  return scanDates(fold(text)).flatMap((date) =>
    ordersOf(date).flatMap((order) => {
      const day = isoDay(date, order);
      return day === null ? [] : [day];
    }),
  );
}

/**
 * Every amount that a printed text can mean, as decimals without a sign: "1.234" is a thousand and more, or one and a
 * little. Trailing zeros are kept as printed.
 */
export function printedAmounts(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [number] of fold(text).matchAll(/\d+(?:[.,' ]\d+)*/g)) {
    found.add(plain(number.replace(/\D/g, ''), ''));
    const mark = /^(.*)[.,](\d{1,4})$/.exec(number);
    if (mark) found.add(plain((mark[1] ?? '').replace(/\D/g, ''), mark[2] ?? ''));
  }
  return [...found];
}

function plain(whole: string, fraction: string): string {
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? digits : `${digits}.${fraction}`;
}
