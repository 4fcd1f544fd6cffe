/** Characters that OCR engines return for one and the same mark: dashes, quotes, multiplication signs, wide spaces. */
const LOOKALIKES = new Map<string, string>([
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['’', "'"],
  ['‘', "'"],
  ['`', "'"],
  ['´', "'"],
  ['“', '"'],
  ['”', '"'],
  ['×', 'X'],
  ['✕', 'X'],
]);

const LOOKALIKE = /[–—−‐‑’‘`´“”×✕]/g;

/**
 * Text for comparison: upper case, accents removed, lookalike marks made one, white space single. The printed text is
 * kept elsewhere; nothing shown to a person is ever folded.
 */
export function fold(text: string): string {
  let to_fold = 0;
  while (to_fold < text.length && isFoldedAt(text, to_fold)) to_fold += 1;
  // Most words of receipts are capitals, digits and the commonest signs of money: there is nothing to do for them.
  if (to_fold === text.length) return text;
  let has_accents = false;
  for (let i = to_fold; i < text.length; i += 1) {
    if (isFoldedAt(text, i)) continue;
    const code = text.charCodeAt(i);
    if (FOLDED_LATIN[code] === undefined) return foldAny(text);
    has_accents ||= code > 0x7f;
  }
  return has_accents ? foldLatin(text) : text.toUpperCase();
}

function foldLatin(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i += 1) folded += FOLDED_LATIN[text.charCodeAt(i)] ?? text.charAt(i);
  return folded;
}

/** A printed character that folds to itself whatever stands beside it (marks that combine with it apart), or a single space within. */
function isFoldedAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x7f) {
    if (code === 0x20) return at > 0 && at < text.length - 1 && text.charCodeAt(at - 1) !== 0x20;
    return code > 0x20 && code !== 0x60 && (code < 0x61 || code > 0x7a);
  }
  // £, ¥ and €; kana, ideographs and Hangul syllables.
  return (
    code === 0xa3 ||
    code === 0xa5 ||
    code === 0x20ac ||
    (code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x30a1 && code <= 0x30fa) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3)
  );
}

/** Folds any text; what `fold` does by its table for the letters of most receipts. */
function foldAny(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(LOOKALIKE, (mark) => LOOKALIKES.get(mark) ?? mark)
      .normalize('NFD')
      // Latin accents only: in other scripts such marks make another letter (ジ, シ). Hangul comes together again.
      .replace(/[\u0300-\u036f]+/g, '')
      .normalize('NFC')
      .replace(/ß|ẞ/g, 'SS')
      .replace(/[øØ]/g, 'O')
      .replace(/[łŁ]/g, 'L')
      .replace(/[æÆ]/g, 'AE')
      .toUpperCase()
      .replace(/[\s\p{C}]+/gu, ' ')
      .trim()
  );
}

/** Up to the last letter of Latin Extended-A. */
const LATIN_END = 0x180;

/** What each small and each accented Latin letter folds to, by its code; others have none. */
const FOLDED_LATIN: readonly (string | undefined)[] = Array.from({ length: LATIN_END }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\p{L}/u.test(character) ? foldAny(character) : undefined;
});
