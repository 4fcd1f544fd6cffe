import type { OcrAlternative } from '@slipstream/shared';
import type { ReadWord } from './ctc.ts';
import { textOf } from './repair-words.ts';

/** A word has more of them only where it was not read at all. */
const ALTERNATIVES_MAX = 6;
/** Figures with more digits are numbers, and add up to nothing. */
const DIGITS_MAX = 8;
/** No figure has two marks side by side. */
const TWO_MARKS = /[.,:'`]{2}/;

/**
 * What a word of digits may be instead, one letter changed, left out or put in, the likeliest first: `probability` is
 * that of the change against what was read. Words without a digit have none: nothing could say which is right.
 */
export function alternativesOf(word: ReadWord): OcrAlternative[] {
  const text = textOf(word);
  const digits = text.match(/\d/g)?.length ?? 0;
  if (digits === 0 || digits > DIGITS_MAX) return [];
  const found = new Map<string, number>();
  const add = (changed: string, probability: number): void => {
    if (changed !== text && /\d/.test(changed) && !TWO_MARKS.test(changed) && probability > (found.get(changed) ?? 0))
      found.set(changed, Math.min(1, probability));
  };
  const parts = word.letters.map((letter) => letter.text);
  for (const [i, { probability, others = [], skipped }] of word.letters.entries()) {
    for (const other of others)
      add(parts.with(i, other.text).join(''), other.probability / (probability + other.probability));
    if (skipped !== undefined) add(parts.toSpliced(i, 0, skipped.text).join(''), skipped.probability);
  }
  return [...found]
    .map(([changed, probability]) => ({ text: changed, probability: Math.round(probability * 1_000) / 1_000 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, ALTERNATIVES_MAX);
}
