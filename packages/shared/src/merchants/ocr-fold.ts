/**
 * Letters and digits that engines take for each other, each group one sign: a name read as `B0UTIQUE` and one read as
 * `BOUTIQUE` are the same. Only pairs that differ by a stroke; a coarser alphabet would make different shops alike.
 */
const CONFUSED = new Map<string, string>([
  ['O', '0'],
  ['Q', '0'],
  ['I', '1'],
  ['L', '1'],
  ['|', '1'],
  ['!', '1'],
  ['Z', '2'],
  ['S', '5'],
  ['$', '5'],
  ['G', '6'],
  ['B', '8'],
]);
const CONFUSED_SIGN = /[OQIL|!ZS$GB]/g;

/** Upper case without accents and marks, words parted by single spaces, confused signs made one. Any script. */
export function ocrFold(text: string): string {
  // Most names are of plain letters: patterns of all scripts' letters take ten times as long.
  return ASCII.test(text)
    ? unconfused(text)
        .replace(/[^A-Z0-9]+/g, ' ')
        .trim()
    : unconfused(withoutAccents(text))
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
        .trim();
}

const ASCII = /^[ -~]*$/;

/** Latin accents only: in other scripts such marks make another letter. */
function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/[\u0300-\u036f]+/g, '');
}

function unconfused(text: string): string {
  return text.toUpperCase().replace(CONFUSED_SIGN, (sign) => CONFUSED.get(sign) ?? sign);
}
