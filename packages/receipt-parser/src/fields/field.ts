import type { WordReference } from '@slipstream/shared';
import { printed } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';

/** A leaf of the receipt as the schema has it. */
export interface Field {
  value: string;
  text: string;
  confidence: number;
  words: WordReference[];
}

/** A field from the words it stands in; `text` as printed where it is not simply the words joined. */
export function fieldOf(
  value: string,
  words: readonly Word[],
  confidence: number,
  text: string = printed(words),
): Field {
  return { value, text, confidence: Math.max(0, Math.min(1, confidence)), words: referencesOf(words) };
}

function referencesOf(words: readonly Word[]): WordReference[] {
  return words.flatMap(({ line, index }): WordReference[] => (index === null ? [] : [[line, index]]));
}
