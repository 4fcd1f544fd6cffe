import { describe, expect, it } from 'vitest';
import { fold } from '../src/text/fold.ts';

describe('fold', () => {
  it.each([
    ['Crème brûlée', 'CREME BRULEE'],
    ['Straße', 'STRASSE'],
    ['Smørrebrød', 'SMORREBROD'],
    ['ŁÓDŹ', 'LODZ'],
    ['café', 'CAFE'],
    ['cafe\u0301', 'CAFE'],
    ['2×3,50–', '2X3,50-'],
    ['  TOTAL   RM ', 'TOTAL RM'],
    ['ＴＯＴＡＬ', 'TOTAL'],
    ['￥1200', '¥1200'],
    ['ジュース', 'ジュース'],
    ['합계', '합계'],
    ['O`Brien', "O'BRIEN"],
    ['a\u00a0b', 'A B'],
    ['', ''],
  ])('makes %s to %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('folds each letter as it does among letters that need more care', () => {
    // A full-width space takes the long way round; the table of single letters has to agree with it.
    for (let code = 0x21; code < 0x180; code += 1) {
      const letter = String.fromCharCode(code);
      if (!/[\p{L}\p{N}]/u.test(letter)) continue;
      expect(fold(`x${letter}\u3000y`), letter).toBe(`${fold(`x${letter}`)} Y`);
    }
  });
});
