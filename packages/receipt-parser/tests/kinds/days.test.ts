import { describe, expect, it } from 'vitest';
import { ENGINES, read } from '../support/read.ts';

function withDay(head: readonly string[], parted: boolean) {
  return read(['CORNER SHOP', ...head, 'Tea | 3.00', 'Milk | 1.20', 'Total | 4.20'], parted);
}

describe.each(ENGINES)('the day, %s', (_, parted) => {
  it.each([
    [['Salem,OR97301', '07/08/2022 5:06 PM'], '2022-07-08'],
    [['(503)555-0142', '07/08/2022 5:06 PM'], '2022-07-08'],
    [['Storgatan 4, 411 24 Goteborg', 'Org.nr 556000-1234', '25-03-14 17:05'], '2025-03-14'],
    [['Org.nr 556000-1234', 'Datum 250314 17:05'], '2025-03-14'],
    [['サービスカウンター', '25/03/14 18:32'], '2025-03-14'],
    [['ร้านกาแฟ', '12/03/2568 10:05'], '2025-03-12'],
    [['令和7年3月14日'], '2025-03-14'],
    [["KS#03 S#1 Jul.30'11 07:27"], '2011-07-30'],
    [['March27th2018'], '2018-03-27'],
    [['Aug262017 3:05pm'], '2017-08-26'],
    [['NOV/25/2016'], '2016-11-25'],
    [['Date : 9" June 2014'], '2014-06-09'],
    [['06/28-2013'], '2013-06-28'],
    [['13/03/201318:05'], '2013-03-13'],
  ])('%j', (head, date) => {
    expect(withDay(head, parted).date).toBe(date);
  });

  it('asks for review where nothing settles the order of day and month', () => {
    expect(withDay(['07-08-2022'], parted).reasons).toEqual(['DATE_UNSURE']);
    expect(withDay(['17-08-2022'], parted).reasons).toEqual([]);
  });
});
