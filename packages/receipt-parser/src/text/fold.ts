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

/** Most words of receipts are capitals, digits and the commonest signs of money: there is nothing to do for them. */
const FOLDED_WORD = /^[\x21-\x60\x7b-\x7e£¥€]*$/;
const PLAIN_ASCII = /^[\x20-\x7e]*$/;
const LOOKALIKE = /[–—−‐‑’‘`´“”×✕]/g;

/**
 * Text for comparison: upper case, accents removed, lookalike marks made one, white space single. The printed text is
 * kept elsewhere; nothing shown to a person is ever folded.
 */
export function fold(text: string): string {
  if (FOLDED_WORD.test(text)) return text;
  if (PLAIN_ASCII.test(text)) return text.toUpperCase().trim();
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
