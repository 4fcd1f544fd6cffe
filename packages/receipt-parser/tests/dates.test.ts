import { describe, expect, it } from 'vitest';
import { chooseDate } from '../src/dates/choose-date.ts';
import { findTime } from '../src/dates/find-time.ts';
import { isoDay, ordersOf, scanDates } from '../src/dates/scan-dates.ts';
import { fold } from '../src/text/fold.ts';
import { rowsOfPage } from './support/page.ts';

function firstDay(text: string): string | null {
  const [date] = scanDates(fold(text));
  const [order] = date === undefined ? [] : ordersOf(date);
  return date === undefined || order === undefined ? null : isoDay(date, order);
}

describe('scanDates', () => {
  it.each([
    ['25/12/2018', '2018-12-25'],
    ['DATE:11/03/18 21:30', '2018-03-11'],
    ['2016/05/01', '2016-05-01'],
    ['2023-07-09T10:00', '2023-07-09'],
    ['05 MAR 2018', '2018-03-05'],
    ['14/JUN/2017', '2017-06-14'],
    ['Oct 3, 2016', '2016-10-03'],
    ['3. März 2021', '2021-03-03'],
    ['12 août 2022', '2022-08-12'],
    ['9 de enero de 2020', '2020-01-09'],
    ['21 Ogos 2019', '2019-08-21'],
    ['2024年3月7日', '2024-03-07'],
    ['(06/12/2016)', '2016-12-06'],
    ['REG JULIE 22-11-2014 20:21', '2014-11-22'],
  ])('reads %s', (text, day) => {
    expect(firstDay(text)).toBe(day);
  });

  it.each(['31/02/2018', '12.50', '99/99/9999', '03-8051 9514', '1/2', 'INV 18031/102/T0422', '10.10.10.10'])(
    'finds no day in %s',
    (text) => {
      expect(firstDay(text)).toBeNull();
    },
  );
});

describe('chooseDate', () => {
  it('prefers the labelled day with a time to days of other things', () => {
    const rows = rowsOfPage(['Card expiry : 31/05/2019', 'Date: 27/02/2018 21:22', 'Exchange before 13/03/2018']);
    expect(chooseDate(rows, null)?.value).toBe('2018-02-27');
  });

  it('lets a day above twelve settle the order for the whole receipt', () => {
    const rows = rowsOfPage(['Date: 03/04/2021 10:00', 'Delivered 04/25/2021']);
    expect(chooseDate(rows, 'dmy')).toMatchObject({ value: '2021-03-04', order_known: true });
  });

  it('takes the usual order of the country where the receipt leaves it open, and says which it was', () => {
    const rows = rowsOfPage(['Date: 03/04/2021 10:00']);
    expect(chooseDate(rows, 'mdy')).toMatchObject({ value: '2021-03-04', order_known: true });
    expect(chooseDate(rows, null)).toMatchObject({ value: '2021-04-03', order_known: false });
  });

  it('says nothing where no day is printed', () => {
    expect(chooseDate(rowsOfPage(['TOTAL | 12.50']), null)).toBeNull();
  });
});

describe('findTime', () => {
  const time = (...rows: string[]): string | undefined => {
    const laid_out = rowsOfPage(rows);
    const date = chooseDate(laid_out, null);
    return findTime(laid_out, date?.row ?? null, date?.words ?? [])?.value;
  };

  it.each([
    [['25/12/2018 8:13:39 PM'], '20:13:39'],
    [['25/12/2018 12:05 AM'], '00:05'],
    [['Open 09:00 - 22:00 hours', 'Time: 14.07'], '14:07'],
    [['25/12/2018', 'TIME 12 31 00'], '12:31:00'],
    [['12/08/2022 à 14h05'], '14:05'],
    [['2024年3月7日 14時05分'], '14:05'],
  ])('reads %s', (rows, expected) => {
    expect(time(...rows)).toBe(expected);
  });

  it('does not take opening hours for the time', () => {
    expect(time('Shopping hours 10:00 - 22:00')).toBeUndefined();
  });
});
