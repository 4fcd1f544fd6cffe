import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, microsOf } from '../src/index.ts';
import { editsMax, expansionsOf, gramsOf, sharedMin } from '../src/words/expansion.ts';
import { askedWords } from '../src/words/question.ts';
import { askedTerms, nameKey, termsOf } from '../src/words/terms.ts';

describe('words', () => {
  it('are letters and digits alone, so that no word is an operator of a database', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const term of [...termsOf(text), ...askedTerms(text)]) expect(term).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
      }),
    );
  });

  it('that are asked are among those of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const terms = new Set(termsOf(text));
        for (const term of askedTerms(text)) expect(terms).toContain(term);
      }),
    );
  });

  it.each([
    ['Crème BRÛLÉE', ['creme', 'brulee']],
    ['12.30', ['12', '30', '1230']],
    ['東京都', ['東', '京', '都', '東京', '京都']],
    ['ABC東京', ['abc', '東', '京', '東京']],
    ['हिन्दी', ['हिन्दी']],
    ['Straße İstanbul', ['straße', 'istanbul']],
  ])('%s', (text, terms) => expect(termsOf(text)).toEqual(terms));

  it('of a question, exact ones between quotation marks', () => {
    expect(askedWords('latte "oat milk" latte')).toEqual([
      { term: 'latte', isExact: false },
      { term: 'oat', isExact: true },
      { term: 'milk', isExact: true },
    ]);
  });

  it('of a name are compared without case, accents and signs', () => {
    expect(nameKey('  Müller & Söhne, GmbH ')).toBe('muller sohne gmbh');
  });
});

describe('what a word is taken for', () => {
  it('is itself, what it is a part of, and what is nearly it; the nearest first, twenty at most', () => {
    expect(expansionsOf('starbuck5', ['starbucks', 'starbuckle', 'bucket', 'starbuck5x'])).toEqual([
      'starbuck5',
      'starbuck5x',
      'starbucks',
      'starbuckle',
    ]);
    const many = Array.from({ length: 50 }, (_, index) => `coffee${index}`);
    expect(expansionsOf('coffee', many)).toHaveLength(20);
    expect(expansionsOf('tea', ['teas', 'sea'])).toEqual(['tea', 'teas']);
  });

  it('shares as many trigrams as are looked for, whichever letters are exchanged', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 4, maxLength: 14 });
    fc.assert(
      fc.property(word, fc.array(fc.nat(), { maxLength: 2 }), (term, places) => {
        const letters = [...term];
        for (const place of places.slice(0, editsMax(term))) letters[place % letters.length] = 'x';
        const shared = gramsOf(letters.join('')).filter((gram) => gramsOf(term).includes(gram)).length;
        // One trigram at least is what the vocabulary is looked up by: none may be left of a short word.
        if (shared > 0) expect(shared).toBeGreaterThanOrEqual(Math.min(shared, sharedMin(term)));
        expect(shared).toBeGreaterThanOrEqual(
          gramsOf(term).length - 3 * places.slice(0, editsMax(term)).length - repeats(term),
        );
      }),
    );
  });
});

/** Trigrams that stand twice in a word count once. */
const repeats = (term: string) => Math.max(0, term.length - 2 - gramsOf(term).length);

describe('amounts', () => {
  it('are text, integers, and the same text', () => {
    expect(decimalOf(microsOf('-0.5'), 'EUR')).toBe('-0.50');
    expect(decimalOf(microsOf('999999999999999.999999'), null)).toBe('999999999999999.999999');
    expect(decimalOf(microsOf('1200'), 'JPY')).toBe('1200');
    expect(decimalOf(microsOf('1.5'), 'KWD')).toBe('1.500');
  });
});
