import { ocrFold } from '@slipstream/shared';

/** A name or a row of print has hardly more words; bounds the work on hostile ones. */
const TOKENS_MAX = 120;
const TOKEN_LENGTH_MAX = 40;

/** The words of a name as they are compared: folded for OCR, initials together (`D.I.Y.` is one word). */
export function nameTokens(name: string): readonly string[] {
  const joined = name.replace(/(?<!\p{L})(?:\p{L}\.){2,}/gu, (initials) => `${initials.replaceAll('.', '')} `);
  return ocrFold(joined.replace(/['’`]/g, ''))
    .split(' ')
    .filter((token) => token !== '')
    .slice(0, TOKENS_MAX)
    .map((token) => token.slice(0, TOKEN_LENGTH_MAX));
}
