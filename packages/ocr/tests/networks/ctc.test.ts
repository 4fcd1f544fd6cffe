import { describe, expect, it } from 'vitest';
import { decodeWords } from '../../src/networks/ctc.ts';
import { repairWords, textOf } from '../../src/networks/repair-words.ts';

const LETTERS = ['', 'A', 'B', '1', ' '];

/** One row a step: the probability of each class. */
function read(...steps: readonly (readonly number[])[]) {
  const values = Float32Array.from(steps.flat());
  return decodeWords({ values, offset: 0, steps: steps.length, classes: LETTERS.length }, LETTERS);
}
const none = [0.98, 0.01, 0, 0, 0.01];
const a = [0.1, 0.9, 0, 0, 0];
const b = [0.2, 0, 0.8, 0, 0];
const blank = [0.1, 0, 0, 0, 0.9];
const faintBlank = [0.85, 0, 0, 0, 0.15];

/** Each letter one step after the other, all sure. */
const wordOf = (text: string) => ({
  from: 0,
  to: text.length,
  letters: [...text].map((letter, step) => ({ text: letter, step, probability: 0.99 })),
});

describe('words of a line', () => {
  it('are parted by blanks; a letter that lasts is one letter, and one that is read again after nothing is two', () => {
    const words = read(none, a, a, none, a, blank, b, none);
    expect(words.map(textOf)).toEqual(['AA', 'B']);
  });

  it('are parted where a blank was only likely, and where it was unlikely they are not', () => {
    expect(read(a, faintBlank, b).map(textOf)).toEqual(['A', 'B']);
    expect(read(a, none, b).map(textOf)).toEqual(['AB']);
  });

  it('reach half-way to the blank beside them, and the outer ones to the ends of the line', () => {
    const [first, second] = read(none, a, none, blank, none, none, b, none);
    expect(first).toMatchObject({ from: 0, to: 2.5 });
    expect(second).toMatchObject({ from: 5, to: 8 });
  });

  it('are none where nothing was read, also where only a blank was', () => {
    expect(read(none, none)).toEqual([]);
    expect(read(none, blank)).toEqual([]);
    expect(read(blank, a).map(textOf)).toEqual(['A']);
  });
});

describe('repairs', () => {
  it.each([
    ['29O', '290'],
    ['4560O', '45600'],
    ['O', 'O'],
    ['1O', '1O'],
    ['NO.29O', 'NO.29O'],
    ['DATE:5/3/201822:52:33', 'DATE: 5/3/2018 22:52:33'],
    ['2018-01-0522:55', '2018-01-05 22:55'],
    ['Date:05/03/2018', 'Date: 05/03/2018'],
    ['12/2018', '12/2018'],
    ["270ec'16 17:58", "27Dec'16 17:58"],
    ["Ju119'14", "Jul19'14"],
    ["Ju1.30'11(Sat)07:27", "Jul.30'11(Sat)07:27"],
    ['APR11:17 4:03PM', "APR11'17 4:03PM"],
    ['TAB11:17 4:03PM', 'TAB11:17 4:03PM'],
    ['25 0CT 2017', '25 OCT 2017'],
    ['Ju1 4, 2016', 'Jul 4, 2016'],
    ['14-5EP-2018', '14-SEP-2018'],
    ['0ct 0CT12 JU15 25 MAY 2017', '0ct 0CT12 JU15 25 MAY 2017'],
    ['KEDAI MAJU S/B(519537-X)', 'KEDAI MAJU S/B (519537-X)'],
    ['KEDAI MAJU 5/B (519537-X)', 'KEDAI MAJU S/B (519537-X)'],
    ['JALAN 5/B TAMAN', 'JALAN 5/B TAMAN'],
    ['SERI MELOR SON BH0.', 'SERI MELOR SDN BHD.'],
    ['SON OF BHO', 'SON OF BHO'],
    ['JIn MaII, TotaI', 'Jln Mall, Total'],
    ['II XVIII McIntosh AI It Io', 'II XVIII McIntosh AI It Io'],
  ])('%s is %s', (printed, repaired) => {
    const given = printed.split(' ').map(wordOf);
    const words = repairWords(given);
    expect(words.map(textOf).join(' ')).toBe(repaired);
    expect(words[0]?.from).toBe(0);
    expect(words.at(-1)?.to).toBe(given.at(-1)?.to);
    for (const { from, to } of words) expect(to).toBeGreaterThan(from);
  });
});
