import { describe, expect, it } from 'vitest';
import { decodeWords } from '../../src/networks/ctc.ts';
import { repairWords, textOf } from '../../src/networks/repair-words.ts';
import { surenessOf } from '../../src/networks/sureness.ts';
import { alternativesOf } from '../../src/networks/word-alternatives.ts';

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

describe('what a letter may be instead', () => {
  it('is kept where the network was not sure, the likeliest first', () => {
    const [word] = read([0.05, 0.6, 0.3, 0.05, 0], none, b);
    expect(word?.letters[0]?.others?.map(({ text, probability }) => [text, probability])).toEqual([
      ['B', expect.closeTo(0.3)],
      ['', expect.closeTo(0.05)],
      ['1', expect.closeTo(0.05)],
    ]);
    expect(read([0.005, 0.99, 0.005, 0, 0])[0]?.letters[0]?.others).toBeUndefined();
  });

  it('may be one that was nearly read before it', () => {
    const [word] = read(a, [0.7, 0, 0, 0.3, 0], b);
    expect(word?.letters[1]?.skipped).toEqual({ text: '1', probability: expect.closeTo(0.3) });
  });
});

describe('how sure a letter is', () => {
  const sure = (text: string, probability: number, ...others: [string, number][]) =>
    surenessOf({ text, step: 0, probability, others: others.map(([other, p]) => ({ text: other, probability: p })) });

  it.each([
    ['its other case', 'O', 'o', 0.95],
    ['an accent', 'E', 'É', 0.95],
    ['another mark of decimals', '.', ',', 0.95],
    ['another dash', '-', '—', 0.95],
    ['an apostrophe that may not be there', "'", '', 0.95],
    ['another letter', 'O', '0', 0.6],
    ['a point that may not be there', '.', '', 0.6],
    ['another digit', '3', '8', 0.6],
  ])('counts %s: %s for %s', (_, text, other, expected) => {
    expect(sure(text, 0.6, [other, 0.35])).toBeCloseTo(expected);
  });
});

describe('other readings of a word', () => {
  const word = (
    ...letters: (readonly [
      text: string,
      probability: number,
      others?: [string, number][],
      skipped?: [string, number],
    ])[]
  ) => ({
    from: 0,
    to: letters.length,
    letters: letters.map(([text, probability, others = [], skipped], step) => ({
      text,
      step,
      probability,
      others: others.map(([other, p]) => ({ text: other, probability: p })),
      ...(skipped && { skipped: { text: skipped[0], probability: skipped[1] } }),
    })),
  });

  it('change, leave out or put in one letter, the likeliest first', () => {
    const alternatives = alternativesOf(
      word(['3', 0.6, [['8', 0.3]]], ['9', 0.99], ['5', 0.9, [['', 0.1]], ['.', 0.2]]),
    );
    expect(alternatives).toEqual([
      { text: '895', probability: 0.333 },
      { text: '39.5', probability: 0.2 },
      { text: '39', probability: 0.1 },
    ]);
  });

  it('are of figures alone, and never two marks side by side', () => {
    expect(alternativesOf(word(['T', 0.6, [['I', 0.4]]], ['O', 0.99]))).toEqual([]);
    expect(alternativesOf(word(['1', 0.99], ['.', 0.9], ['0', 0.99, [], ['.', 0.3]]))).toEqual([]);
  });
});

describe('repairs by what else was likely', () => {
  const letter = (text: string, other?: string) => ({
    text,
    step: 0,
    probability: 0.6,
    ...(other !== undefined && { others: [{ text: other, probability: 0.2 }] }),
  });
  const repaired = (...texts: (string | readonly [string, string])[]) =>
    repairWords(
      texts.map((text) =>
        typeof text === 'string'
          ? wordOf(text)
          : {
              from: 0,
              to: 1,
              letters: [letter(text[0].charAt(0), text[1]), ...[...text[0].slice(1)].map((one) => letter(one))],
            },
      ),
    )
      .map(textOf)
      .join(' ');

  it('take a letter between a quantity and a price for the at sign that it may be', () => {
    expect(repaired('1', ['8', '@'], '.50')).toBe('1 @ .50');
    expect(repaired('1.385kg', ['0', '@'], '$2.98/kg')).toBe('1.385kg @ $2.98/kg');
    expect(repaired(['0', '@'], '2.79')).toBe('@ 2.79');
    expect(repaired('1', ['8', '6'], '.50')).toBe('1 8 .50');
    expect(repaired('MILK', ['8', '@'], '2.50')).toBe('MILK 8 2.50');
  });

  it('take a letter before an amount for the pound sign that it may be, and a colon behind a currency for a point', () => {
    expect(repaired(['f485.00', '£'])).toBe('£485.00');
    expect(repaired(['f485.00', 't'])).toBe('f485.00');
    expect(repaired('$37:01')).toBe('$37.01');
    expect(repaired('12:30')).toBe('12:30');
  });

  it('are as sure as both readings together', () => {
    const [word] = repairWords([
      { from: 0, to: 1, letters: [letter('f', '£'), letter('2'), letter('.'), letter('9'), letter('9')] },
    ]);
    expect(word?.letters[0]?.probability).toBeCloseTo(0.8);
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
