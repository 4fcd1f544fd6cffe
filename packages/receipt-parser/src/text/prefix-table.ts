/** Letters of a word that decide whether a list can have it. */
const PREFIX_LETTERS = 4;

/** The first letters of every alternative that `anyWord` is given: a text without any of them matches none. */
export function prefixesOf(alternatives: readonly string[]): string[] {
  return alternatives.flatMap((alternative) => literalStarts(alternative));
}

/** The literal letters that a pattern opens with, up to four; `T[O0]T` opens with TOT and T0T. */
function literalStarts(pattern: string): string[] {
  let starts = [''];
  let rest = pattern.replace(/^\^/, '');
  for (let letters = 0; letters < PREFIX_LETTERS; letters += 1) {
    const [atom, choices] = /^\[([A-Z\d]+)\]/.exec(rest) ?? /^\\?([A-Z\d/.\- ])/.exec(rest) ?? [];
    if (atom === undefined || choices === undefined || /^[?*{]/.test(rest.slice(atom.length))) break;
    starts = starts.flatMap((start) => [...choices].map((choice) => start + choice));
    rest = rest.slice(atom.length);
  }
  return starts;
}

/**
 * Lists of words by the first letters of their words, each list a bit. A text is looked through once for all of them,
 * without cutting a string out of it. Different letters can fall on one place of the table, and then a text is let
 * through that has no word of the list: its patterns are tried, no more.
 */
export class PrefixTable {
  readonly #lists = new Int32Array(TABLE_SIZE);

  /** Notes a word's first letters, four at most, for the lists with the given bits. */
  add(prefix: string, lists: number): void {
    let code = 0;
    for (let i = 0; i < prefix.length; i += 1) code = withLetter(code, prefix.charCodeAt(i));
    this.#lists[code] = (this.#lists[code] ?? 0) | lists;
  }

  /** The bits of the lists that a text may have a word of, 0 where it has none. */
  listsOf(text: string): number {
    let lists = 0;
    let in_word = false;
    for (let i = 0; i < text.length; i += 1) {
      const is_letter = isLetter(text.charCodeAt(i));
      if (is_letter && !in_word) {
        const end = Math.min(i + PREFIX_LETTERS, text.length);
        let code = 0;
        for (let at = i; at < end; at += 1) {
          code = withLetter(code, text.charCodeAt(at));
          lists |= this.#lists[code] ?? 0;
        }
      }
      // A number ends nothing and begins nothing: `14JUN2017` has a word of its own in it.
      in_word = is_letter;
    }
    return lists;
  }
}

const TABLE_SIZE = 1 << 16;

function withLetter(code: number, letter: number): number {
  return (code * 37 + letter) & (TABLE_SIZE - 1);
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || code === 95;
}
