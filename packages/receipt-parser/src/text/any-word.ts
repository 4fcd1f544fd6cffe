/**
 * A pattern for any of the given words where a word starts, or any of the others at any place. Tied to word starts, a
 * long list costs one look a word of text instead of one a letter.
 */
export function anyWord(at_word_start: readonly string[], anywhere: readonly string[] = []): RegExp {
  return new RegExp([`\\b(?:${at_word_start.join('|')})`, ...anywhere].join('|'));
}

/** Letters of a word that decide whether a list can have it. */
const PREFIX_LETTERS = 3;

/** The first letters of every alternative that `anyWord` is given: a text without any of them matches none. */
export function prefixesOf(alternatives: readonly string[]): string[] {
  return alternatives.flatMap((alternative) => literalStarts(alternative));
}

/** The literal letters that a pattern opens with, up to three; `T[O0]T` opens with TOT and T0T. */
function literalStarts(pattern: string): string[] {
  let starts = [''];
  let rest = pattern;
  for (let letters = 0; letters < PREFIX_LETTERS; letters += 1) {
    const [atom, choices] = /^\[([A-Z\d]+)\]/.exec(rest) ?? /^\\?([A-Z\d/.\- ])/.exec(rest) ?? [];
    if (atom === undefined || choices === undefined || /^[?*{]/.test(rest.slice(atom.length))) break;
    starts = starts.flatMap((start) => [...choices].map((choice) => start + choice));
    rest = rest.slice(atom.length);
  }
  return starts;
}

/** Whether a word of the text starts with one of the prefixes, each of one to three letters. */
export function startsAnyWord(text: string, prefixes: ReadonlySet<string>): boolean {
  let in_word = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const is_letter = (code >= 65 && code <= 90) || code === 95;
    if (is_letter && !in_word) {
      for (let length = 1; length <= PREFIX_LETTERS; length += 1)
        if (prefixes.has(text.slice(i, i + length))) return true;
    }
    // A number ends nothing and begins nothing: `14JUN2017` has a word of its own in it.
    in_word = is_letter;
  }
  return false;
}
