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
/** "1 8 .50", "1.385kg 0 $2.98/kg": one letter between a quantity and a price, where it may be an at sign. */
const QUANTITY = /^\d{1,4}(?:[.,]\d{1,3})?(?:\p{L}{1,3})?$/u;
const PRICE = /^[^\p{L}\d]?\d*[.,]\d{2,3}(?:\/.+)?$/u;
const AT_SIGN = '@';
/** "f485.00" where the letter may be a pound sign; "8" and "5" for a dollar are left to the arithmetic. */
const POUND_AMOUNT = /^[fFE]\d+[.,]\d\d$/;
const POUND_SIGN = '£';
/** "$37:01": behind a sign of currency no clock stands. */
const CLOCKED_AMOUNT = /^[$£€]\d{1,5}:\d\d$/;
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
  const lettered = words.map(withZeros).map(withSmallLs).map(withPound).map(withPoint);
  return withCompanyForm(withMonthNames(withAtSigns(lettered)).flatMap(parted));
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

function withAtSigns(words: readonly ReadWord[]): ReadWord[] {
  const texts = words.map(textOf);
  return words.map((word, i) => {
    const [letter, ...rest] = word.letters;
    if (letter === undefined || rest.length > 0 || !mayBe(letter, AT_SIGN)) return word;
    const isBetween = QUANTITY.test(texts[i - 1] ?? '') || i === 0;
    return isBetween && PRICE.test(texts[i + 1] ?? '') ? { ...word, letters: [taken(letter, AT_SIGN)] } : word;
  });
}

function withPound(word: ReadWord): ReadWord {
  const [letter, ...rest] = word.letters;
  if (letter === undefined || !mayBe(letter, POUND_SIGN) || !POUND_AMOUNT.test(textOf(word))) return word;
  return { ...word, letters: [taken(letter, POUND_SIGN), ...rest] };
}

function withPoint(word: ReadWord): ReadWord {
  return CLOCKED_AMOUNT.test(textOf(word)) ? withLetters(word, { ':': '.' }) : word;
}

function mayBe({ text, others = [] }: Letter, wanted: string): boolean {
  return text !== wanted && others.some((other) => other.text === wanted);
}

/** The place says which of the two it is: what spoke for either speaks for that one now. */
function taken({ others = [], ...letter }: Letter, text: string): Letter {
  const own = others.find((other) => other.text === text)?.probability ?? 0;
  return {
    ...letter,
    text,
    probability: Math.min(1, letter.probability + own),
    others: others.filter((other) => other.text !== text),
  };
}

function withMonthNames(words: readonly ReadWord[]): ReadWord[] {
  const texts = words.map(textOf);
  return words.map((word, i) => {
    const text = texts[i] ?? '';
    const repaired = withMonthName(text, texts[i - 1] ?? '', texts[i + 1] ?? '');
    // Letter by letter; a class of several characters holds no figure.
    if (repaired === text || word.letters.length !== text.length) return word;
    const letters = word.letters.map((letter, place) => {
      const text = repaired[place] ?? '';
      return text === letter.text ? letter : taken(letter, text);
    });
    return { ...word, letters };
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
    letters: word.letters.map((letter) => {
      const text = replaced[letter.text];
      return text === undefined ? letter : taken(letter, text);
    }),
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
