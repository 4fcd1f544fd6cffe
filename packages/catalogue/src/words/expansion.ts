import { distance } from '@slipstream/shared';
import { isSpelled } from './terms.ts';

/** Words that one word of a question is taken for at most. */
const EXPANSIONS_MAX = 20;
const GRAM_LENGTH = 3;
/** Below this length nearly every word is one letter from another. */
const FUZZY_LENGTH_MIN = 4;

/** The trigrams of a word, each once. */
export function gramsOf(term: string): string[] {
  const letters = [...term];
  const grams = letters.slice(GRAM_LENGTH - 1).map((_, index) => letters.slice(index, index + GRAM_LENGTH).join(''));
  return [...new Set(grams)];
}

/** Letters that may differ: one in a short word, two in a long one. */
export function editsMax(term: string): number {
  const { length } = [...term];
  if (length < FUZZY_LENGTH_MIN) return 0;
  return length < 8 ? 1 : 2;
}

/** Trigrams that a word of the vocabulary shares at least with one that it may stand for: an edit spoils three. */
export function sharedMin(term: string): number {
  return Math.max(1, gramsOf(term).length - GRAM_LENGTH * editsMax(term));
}

/** Whether a word is looked for in the vocabulary at all. */
export const isExpanded = (term: string): boolean => isSpelled(term) && gramsOf(term).length > 0;

/**
 * The words of the vocabulary that a word is taken for: itself, words that it is a part of, and those that differ in a
 * letter or two; signs that engines take for each other do not count. The nearest come first. It is among them
 * whether the vocabulary has it or not.
 */
export function expansionsOf(term: string, candidates: Iterable<string>): string[] {
  const edits = editsMax(term);
  const fold = folded(term);
  const near: { readonly word: string; readonly cost: number }[] = [];
  for (const word of candidates) {
    if (word === term) continue;
    const cost = costOf(term, fold, word, edits);
    if (cost !== null) near.push({ word, cost });
  }
  near.sort((one, other) => one.cost - other.cost || (one.word < other.word ? -1 : 1));
  return [term, ...near.slice(0, EXPANSIONS_MAX - 1).map(({ word }) => word)];
}

/** null for a word that is not meant. */
function costOf(term: string, fold: string, word: string, edits: number): number | null {
  if (word.includes(term)) return word.length - term.length;
  if (Math.abs(word.length - term.length) > edits) return null;
  const apart = distance(term, word);
  if (apart <= edits) return apart;
  const apartFolded = distance(fold, folded(word));
  return apartFolded <= edits ? apartFolded : null;
}

/** Signs that engines take for each other, as one; words are in lower case and without accents already. */
const CONFUSED: Readonly<Record<string, string>> = { o: '0', q: '0', i: '1', l: '1', z: '2', s: '5', g: '6', b: '8' };
const folded = (term: string): string => term.replace(/[oqilzsgb]/g, (sign) => CONFUSED[sign] ?? sign);
