/** Classes of the recognition model: 0 is "no letter", the last is the space, between them the dictionary. */
export interface Alphabet {
  /** Indices of the model's classes that are kept; null keeps all. */
  readonly kept: readonly number[] | null;
  /** What each class of the (sliced) model reads as; '' for class 0. */
  readonly letters: readonly string[];
}

/** ASCII, the Latin letters of Europe's languages and Vietnamese, punctuation, currency signs, № and ™. */
const LATIN =
  /^[\u0021-\u007e\u00a1-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e00-\u1eff\u2010-\u2044\u20a0-\u20bf\u2116\u2122]$/u;

export function latinAlphabet(dictionary: readonly string[]): Alphabet {
  const kept = [0];
  for (const [place, letter] of dictionary.entries()) if (LATIN.test(letter)) kept.push(place + 1);
  kept.push(dictionary.length + 1);
  const all = fullAlphabet(dictionary).letters;
  return { kept, letters: kept.map((index) => all[index] ?? '') };
}

export function fullAlphabet(dictionary: readonly string[]): Alphabet {
  return { kept: null, letters: ['', ...dictionary, ' '] };
}
