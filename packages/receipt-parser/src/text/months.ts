import { LANGUAGES } from '../languages/languages.ts';
import { PrefixTable } from './prefix-table.ts';

/** Months by the first letters of their names in all languages. */
const BY_PREFIX = new Map(
  LANGUAGES.flatMap(({ months }) =>
    (months ?? []).flatMap((names, month) => names.split(' ').map((name): [string, number] => [name, month + 1])),
  ),
);

const FIRST_LETTERS = new PrefixTable();
for (const name of BY_PREFIX.keys()) if (/^[A-Z]/.test(name)) FIRST_LETTERS.add(name.slice(0, 3), 1);
const CYRILLIC = /[\u0400-\u04ff]{3}/;

/** Whether a word of the text starts with the first three letters of a month; without them it names none. */
export function mayNameMonth(text: string, is_ascii = false): boolean {
  return FIRST_LETTERS.listsOf(text) !== 0 || (!is_ascii && CYRILLIC.test(text));
}

/** Whether the word is a month's name as it is cut short; longer words that begin like one are goods as well. */
export function isMonth(word: string): boolean {
  return BY_PREFIX.has(word);
}

/** 1 to 12, or null for a word that names no month. The longest prefix counts: MAI is May, MAAR is March. */
export function monthOf(word: string): number | null {
  for (let length = Math.min(word.length, 7); length >= 3; length -= 1) {
    const month = BY_PREFIX.get(word.slice(0, length));
    if (month !== undefined) return month;
  }
  return null;
}
