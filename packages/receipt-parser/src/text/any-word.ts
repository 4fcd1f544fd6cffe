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

/**
 * A prefix of one to three letters as a number, to be looked up without cutting a string out of the text. Characters
 * beyond ASCII can give a prefix's number as well: a text that is let through has its patterns tried, no more.
 */
export function prefixCode(prefix: string): number {
  let code = 0;
  for (let i = 0; i < prefix.length; i += 1) code = withLetter(code, prefix.charCodeAt(i));
  return code;
}

function withLetter(code: number, letter: number): number {
  return (code << 7) ^ letter;
}

/**
 * The lists that a text may have a word of: the bits of every prefix, given by its `prefixCode`, that starts a word of
 * the text. 0 where none does.
 */
export function listsStarting(text: string, lists_by_prefix: ReadonlyMap<number, number>): number {
  let lists = 0;
  let in_word = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const is_letter = (code >= 65 && code <= 90) || code === 95;
    if (is_letter && !in_word) {
      const end = Math.min(i + PREFIX_LETTERS, text.length);
      let prefix = 0;
      for (let at = i; at < end; at += 1) {
        prefix = withLetter(prefix, text.charCodeAt(at));
        lists |= lists_by_prefix.get(prefix) ?? 0;
      }
    }
    // A number ends nothing and begins nothing: `14JUN2017` has a word of its own in it.
    in_word = is_letter;
  }
  return lists;
}
