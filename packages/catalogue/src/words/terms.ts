/**
 * Text to the words that it is found by: the same for what is stored and what is asked, and for every adapter, so that
 * all of them find the same. Words are those of Unicode's letters, marks and digits (as SQLite's unicode61 has them), in
 * lower case and without Latin accents. Scripts without blanks between words become single letters and pairs. Digits
 * that points and strokes part are one word as well: 12.30 is found as 12, 30 and 1230.
 */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [run] of folded(text).matchAll(RUN)) {
    for (const [part] of run.matchAll(PART)) {
      if (UNSPACED.test(part)) terms.push(...lettersAndPairs(part));
      else terms.push(part.slice(0, TERM_LENGTH_MAX));
    }
  }
  for (const [number] of folded(text).matchAll(PARTED_NUMBER)) terms.push(digitsOf(number));
  return terms;
}

/** The words of a question, each of which has to be there. */
export function askedTerms(text: string): string[] {
  const terms: string[] = [];
  const rest = folded(text).replace(PARTED_NUMBER, (number) => {
    terms.push(digitsOf(number));
    return ' ';
  });
  for (const [run] of rest.matchAll(RUN)) {
    for (const [part] of run.matchAll(PART)) {
      if (!UNSPACED.test(part)) terms.push(part.slice(0, TERM_LENGTH_MAX));
      else terms.push(...([...part].length === 1 ? [part] : pairsOf(part)));
    }
  }
  return [...new Set(terms)];
}

/** A name to compare: its words, a single space between. */
export function nameKey(text: string): string {
  return [...folded(text).matchAll(RUN)].map(([run]) => run).join(' ');
}

/** What of a document is counted in the vocabulary: digits alone are never corrected, an amount is right or another. */
export const isSpelled = (term: string): boolean => term.length >= SPELLED_LENGTH_MIN && !/^\p{N}+$/u.test(term);

const SPELLED_LENGTH_MIN = 3;
/** Longer ones are noise of an engine, and no word of a person's. */
const TERM_LENGTH_MAX = 40;
/** Letters, marks, digits. */
const RUN = /[\p{L}\p{M}\p{N}]+/gu;
const UNSPACED_LETTER =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}]';
const UNSPACED = new RegExp(`^${UNSPACED_LETTER}`, 'u');
/** A run's parts in one kind of script. */
const PART = new RegExp(`${UNSPACED_LETTER}+|(?:(?!${UNSPACED_LETTER})[\\p{L}\\p{M}\\p{N}])+`, 'gu');
const PARTED_NUMBER = /(?<![\p{L}\p{N}])\p{N}+(?:[.,:/'-]\p{N}+)+(?![\p{L}\p{N}])/gu;

const digitsOf = (number: string) => number.replaceAll(/[^\p{N}]/gu, '').slice(0, TERM_LENGTH_MAX);

function folded(text: string): string {
  return (
    text
      .normalize('NFKD')
      // Latin accents only: in other scripts such marks make another letter.
      .replaceAll(/[\u0300-\u036f]+/g, '')
      .toLowerCase()
      .normalize('NFC')
  );
}

function lettersAndPairs(part: string): string[] {
  return [...part, ...pairsOf(part)];
}

function pairsOf(part: string): string[] {
  const letters = [...part];
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}
