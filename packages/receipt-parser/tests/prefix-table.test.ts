import { describe, expect, it } from 'vitest';
import { PrefixTable, prefixesOf } from '../src/text/prefix-table.ts';

describe('prefixesOf', () => {
  it.each([
    ['T[O0]TAL', ['TOTA', 'T0TA']],
    [String.raw`P\.O\. BOX`, ['P.O.']],
    [String.raw`NO?\b`, ['N']],
  ])('takes the letters that %s surely opens with', (pattern, prefixes) => {
    expect(prefixesOf([pattern])).toEqual(prefixes);
  });
});

describe('PrefixTable', () => {
  const table = new PrefixTable();
  table.add('TOT', 1);
  table.add('CAS', 2);

  it('tells the lists that a text may have a word of', () => {
    expect(table.listsOf('GRAND TOTAL')).toBe(1);
    expect(table.listsOf('CASHIER TOTALS')).toBe(3);
    expect(table.listsOf('14TOTAL')).toBe(1);
  });

  it('looks at the starts of words only', () => {
    expect(table.listsOf('SUBTOTAL ENCASED')).toBe(0);
  });
});
