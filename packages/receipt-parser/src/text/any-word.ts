/**
 * A pattern for any of the given words where a word starts, or any of the others at any place. Tied to word starts, a
 * long list costs one look a word of text instead of one a letter.
 */
export function anyWord(at_word_start: readonly string[], anywhere: readonly string[] = []): RegExp {
  return new RegExp([`\\b(?:${at_word_start.join('|')})`, ...anywhere].join('|'));
}
