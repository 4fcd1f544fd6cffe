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

  it.each(['HILLTOP HARDWARE &', 'B & BEST RESTAURANT', 'K STATIONERY', 'LOT 5, BLOCK B', '8 OZ'])(
    'leaves %s as it is',
    (row) => {
      expect(cleaned(row)).toBe(row);
    },
  );
});
