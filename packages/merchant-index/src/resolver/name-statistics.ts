import { isEmptyWord } from '@slipstream/shared';
import { nameTokens } from './name-tokens.ts';

/**
 * Merchants that are supposed to have been seen beside those that have: with a handful of names nobody knows yet which
 * words are common, and all weigh nearly the same.
 */
const SUPPOSED_NAMES = 20;

const EMPTY_WORD_WEIGHT_MAX = 0.15;

/** How much each word of a name tells, learnt from the names of the merchants that are known. */
export class NameStatistics {
  readonly #names: number;
  readonly #frequency = new Map<string, number>();

  constructor(names: Iterable<string>) {
    let count = 0;
    for (const name of names) {
      count += 1;
      for (const token of new Set(nameTokens(name))) {
        this.#frequency.set(token, (this.#frequency.get(token) ?? 0) + 1);
      }
    }
    this.#names = count + SUPPOSED_NAMES;
  }

  /** Inverse document frequency, 1 for a word that no other name has, towards 0 for one that most have. */
  weight(token: string): number {
    const most = Math.log(1 + this.#names);
    const weight = Math.log(1 + this.#names / Math.max(1, this.#frequency.get(token) ?? 0)) / most;
    // Legal forms and labels are known before any name is; a letter by itself is read into anything.
    if (isEmptyWord(token)) return Math.min(weight, EMPTY_WORD_WEIGHT_MAX);
    return token.length === 1 ? weight * 0.5 : weight;
  }
}
