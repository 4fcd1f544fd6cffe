import type { Letter, ReadWord } from './ctc.ts';

/** "29O", "4560O": digits and the letter O alone, at least two of them digits. */
const DIGITS_AND_O = /^(?=(?:O*\d){2})[\dO]+$/;
/** What is printed without a blank, though it is two words: a label or a date before a date, a date before a time. */
const GLUED: readonly RegExp[] = [
  /^(\p{L}{2,12}\.?:)(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}.*)$/u,
  /^(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})(\d{1,2}:\d{2}(?::\d{2})?.*)$/,
];

/** Repairs what the network is known to confuse where the word itself says which is right. */
export function repairWords(words: readonly ReadWord[]): ReadWord[] {
  return words.map(withZeros).flatMap(parted);
}

export function textOf(word: { readonly letters: readonly Letter[] }): string {
  return word.letters.map(({ text }) => text).join('');
}

function withZeros(word: ReadWord): ReadWord {
  if (!DIGITS_AND_O.test(textOf(word))) return word;
  return { ...word, letters: word.letters.map((letter) => (letter.text === 'O' ? { ...letter, text: '0' } : letter)) };
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
