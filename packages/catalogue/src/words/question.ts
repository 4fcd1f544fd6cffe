import { SlipstreamError } from '@slipstream/shared';
import { askedTerms } from './terms.ts';

/** Words of one question. */
const WORDS_MAX = 12;
const QUESTION_LENGTH_MAX = 200;

export interface AskedWord {
  readonly term: string;
  /** In quotation marks: this word and no other. */
  readonly isExact: boolean;
}

/** The words that all have to be in a receipt. `REQUEST_INVALID` for a text without a word, or with too many. */
export function askedWords(question: string): readonly AskedWord[] {
  if (question.length > QUESTION_LENGTH_MAX) {
    throw new SlipstreamError('REQUEST_INVALID', `Ask with at most ${QUESTION_LENGTH_MAX} characters.`);
  }
  const words = new Map<string, AskedWord>();
  // The odd parts stand between quotation marks.
  question.split('"').forEach((part, index) => {
    for (const term of askedTerms(part)) {
      const isExact = index % 2 === 1 || words.get(term)?.isExact === true;
      words.set(term, { term, isExact });
    }
  });
  if (words.size === 0) throw new SlipstreamError('REQUEST_INVALID', 'Ask for a word, a part of one, or a number.');
  if (words.size > WORDS_MAX) {
    throw new SlipstreamError('REQUEST_INVALID', `Ask for at most ${WORDS_MAX} words at once.`);
  }
  return [...words.values()];
}
