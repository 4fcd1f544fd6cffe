import { describe, expect, it } from 'vitest';
import { printed } from '../src/layout/row.ts';
import { headRows } from '../src/merchant/head-rows.ts';
import { figuresOfPage } from './support/page.ts';

function cleaned(row: string): string {
  return headRows(figuresOfPage([row]))
    .map(({ row: { words } }) => printed(words))
    .join('');
}

describe('headRows', () => {
  it.each([
    ['- | HARBOUR FOODS SDN BHD', 'HARBOUR FOODS SDN BHD'],
    ['12, JALAN DAMAI 7/4 KAWASAN | 2', '12, JALAN DAMAI 7/4 KAWASAN'],
    [". ' HARBOUR FOODS", 'HARBOUR FOODS'],
  ])('takes the dirt off %s', (row, expected) => {
    expect(cleaned(row)).toBe(expected);
  });

  it('takes a character written by hand off the end of a row', () => {
    const street = '12, JALAN DAMAI 7/4, TAMAN';
    const [head] = headRows(
      figuresOfPage([
        [
          { text: street, at: 2 },
          { text: '2', at: street.length + 3, scale: 1.6 },
        ],
      ]),
    );
    expect(printed(head?.row.words ?? [])).toBe(street);
  });

  it.each(['HILLTOP HARDWARE &', 'B & BEST RESTAURANT', 'K STATIONERY', 'LOT 5, BLOCK B', '8 OZ'])(
    'leaves %s as it is',
    (row) => {
      expect(cleaned(row)).toBe(row);
    },
  );
});
