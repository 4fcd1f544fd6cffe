import { anyWord } from '../text/any-word.ts';
import { PrefixTable, prefixesOf } from '../text/prefix-table.ts';

/*
 * The words of labels, folded, in the languages of the receipts read. Words count where they start; where they end only
 * if the pattern says so. The second list is tried at any place: scripts without spaces, and signs.
 */

/** A list of label words. */
export interface LabelWords {
  readonly pattern: RegExp;
  /** Stands for this list in `LABEL_WORDS`. */
  readonly bit: number;
}

/** The lists by the first letters of their words: most labels, those of items, have none of them, the others one or two. */
export const LABEL_WORDS = new PrefixTable();
let lists = 0;

/** A list's pattern, its first letters noted in `LABEL_WORDS`. */
export function labelWords(at_word_start: readonly string[], anywhere: readonly string[] = []): LabelWords {
  const bit = 1 << lists;
  lists += 1;
  for (const prefix of prefixesOf(at_word_start)) LABEL_WORDS.add(prefix, bit);
  return { pattern: anyWord(at_word_start, anywhere), bit };
}
