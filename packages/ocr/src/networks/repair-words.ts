import type { Letter, ReadWord } from './ctc.ts';
import { withMonthName } from './repair-months.ts';

/** "29O", "4560O": digits and the letter O alone, at least two of them digits. */
const DIGITS_AND_O = /^(?=(?:O*\d){2})[\dO]+$/;
/** "JIn", "MaII": capital I where only a small l can stand, before or behind small letters alone. */
const SMALL_L_FIRST = /^\p{Lu}I\p{Ll}+\p{P}*$/u;
const SMALL_L_LAST = /^\p{Lu}?\p{Ll}+I+\p{P}*$/u;
/** "SON BH0.": the form of a Malaysian company, its letters taken for those that look alike. */
const SENDIRIAN = /^S[DO0]N\.?$/;
const BERHAD = /^BH[DO0]([.,]*)$/;
/** "5/B (519537-X)": the same in short, before the company's number. */
const SENDIRIAN_BERHAD = /^5\/B$/;
const COMPANY_NUMBER = /^\(\d{4,}/;
/** What is printed without a blank though it is two words. */
const GLUED: readonly RegExp[] = [
  // A name before the company's number.
  /^([\p{L}\d&'./-]*\p{L}\.?)(\(\d{4,}.*)$/u,
  // A label before a date, a date before a time.
  /^(\p{L}{2,12}\.?:)(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*)$/u,
  /^(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})(\d{1,2}:\d{2}(?::\d{2})?.*)$/,
];

/** Repairs what the network is known to confuse where the words of a line say which is right. */
export function repairWords(words: readonly ReadWord[]): ReadWord[] {
  return withCompanyForm(withMonthNames(words.map(withZeros).map(withSmallLs)).flatMap(parted));
}

export function textOf(word: { readonly letters: readonly Letter[] }): string {
  return word.letters.map(({ text }) => text).join('');
}

function withZeros(word: ReadWord): ReadWord {
  return DIGITS_AND_O.test(textOf(word)) ? withLetters(word, { O: '0' }) : word;
}

function withSmallLs(word: ReadWord): ReadWord {
  const text = textOf(word);
  return SMALL_L_FIRST.test(text) || SMALL_L_LAST.test(text) ? withLetters(word, { I: 'l' }) : word;
}

function withMonthNames(words: readonly ReadWord[]): ReadWord[] {
  const texts = words.map(textOf);
  return words.map((word, i) => {
    const text = texts[i] ?? '';
    const repaired = withMonthName(text, texts[i - 1] ?? '', texts[i + 1] ?? '');
    // Letter by letter; a class of several characters holds no figure.
    if (repaired === text || word.letters.length !== text.length) return word;
    return { ...word, letters: word.letters.map((letter, place) => ({ ...letter, text: repaired[place] ?? '' })) };
  });
}

function withCompanyForm(words: readonly ReadWord[]): ReadWord[] {
  const texts = words.map(textOf);
  return words.map((word, i) => {
    const [text = '', before = '', behind = ''] = [texts[i], texts[i - 1], texts[i + 1]];
    if (SENDIRIAN_BERHAD.test(text) && i > 0 && COMPANY_NUMBER.test(behind)) return withLetters(word, { 5: 'S' });
    if (SENDIRIAN.test(text) && BERHAD.test(behind)) return withLetters(word, { O: 'D', 0: 'D' });
    if (SENDIRIAN.test(before) && BERHAD.test(text)) return withLetters(word, { O: 'D', 0: 'D' });
    return word;
  });
}

function withLetters(word: ReadWord, replaced: Readonly<Record<string, string>>): ReadWord {
  return {
    ...word,
    letters: word.letters.map((letter) => ({ ...letter, text: replaced[letter.text] ?? letter.text })),
  };
}

/** A part may itself be glued: "DATE:5/3/201822:52:33" is three words. */
function parted(word: ReadWord): ReadWord[] {
  const text = textOf(word);
  for (const pattern of GLUED) {
    const first = pattern.exec(text)?.[1];
    if (first === undefined) continue;
    const place = lettersOf(word, first.length);
    const [before, after] = [word.letters.slice(0, place), word.letters.slice(place)];
    const edge = ((before.at(-1)?.step ?? 0) + (after[0]?.step ?? 0) + 1) / 2;
    return [{ letters: before, from: word.from, to: edge }, ...parted({ letters: after, from: edge, to: word.to })];
  }
  return [word];
}

/** How many letters make up the first `length` characters. */
function lettersOf(word: ReadWord, length: number): number {
  let characters = 0;
  return word.letters.filter(({ text }) => {
    const isBefore = characters < length;
    characters += text.length;
    return isBefore;
  }).length;
}
