import { describe, expect, it } from 'vitest';
import { keyAmounts } from '../../scripts/eval/wild/key-amounts.ts';
import { keyDays, printsMonthFirst } from '../../scripts/eval/wild/key-days.ts';
import { similarity } from '../../scripts/eval/wild/similarity.ts';

describe('amounts of a key', () => {
  it.each([
    ['$13.99', [1399]],
    ['1,234.50', [123450]],
    ['1.234', [123400]],
    ['12', [1200]],
    ['-2,50', [250, -250]],
    ['FREE', []],
  ])('%s may mean %j cents', (text, cents) => {
    expect([...keyAmounts(text)].sort((a, b) => b - a)).toEqual([...cents].sort((a, b) => b - a));
  });
});

describe('days of a key', () => {
  it('allow both orders where nothing settles them', () => {
    expect(keyDays(['07/08/2022'], false)).toEqual(new Set(['2022-07-08', '2022-08-07']));
  });

  it('have the month first where a US state and ZIP code are printed', () => {
    expect(printsMonthFirst(['PORTLAND, OR 97205'])).toBe(true);
    expect(keyDays(['07/08/2022'], true)).toEqual(new Set(['2022-07-08']));
  });

  it('take months by name', () => {
    expect(keyDays(["12OKT'18"], false)).toEqual(new Set(['2018-10-12']));
  });
});

describe('similarity of texts', () => {
  it('is 1 for the same and 0 for nothing in common', () => {
    expect(similarity('MARKET', 'MARKET')).toBe(1);
    expect(similarity('ABC', 'XYZ')).toBe(0);
  });

  it('counts common blocks on both sides of the longest', () => {
    // AB and EFG: five of seven characters in each.
    expect(similarity('ABXXEFG', 'ABYYEFG')).toBeCloseTo(10 / 14);
  });
});
