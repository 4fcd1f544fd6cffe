import { describe, expect, it } from 'vitest';
import { distance, isNearly } from '../../src/text/edit-distance.ts';

/** Every text of up to three signs out of two. */
const TEXTS = ['', ...['A', 'B'].flatMap((a) => [a, ...['A', 'B'].flatMap((b) => [a + b, `${a + b}A`, `${a + b}B`])])];

describe('isNearly', () => {
  it('is a distance of one at most, for all short texts', () => {
    for (const a of TEXTS) for (const b of TEXTS) expect([a, b, isNearly(a, b)]).toEqual([a, b, distance(a, b) <= 1]);
  });

  it.each([
    ['RECEIPT', 'RECE1PT', true],
    ['RECEIPT', 'RECEPT', true],
    ['RECEIPT', 'RECEIPTS', true],
    ['RECEIPT', 'RECIEPT', false],
    ['RECEIPT', 'DECEITS', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(isNearly(a, b)).toBe(expected);
  });
});
