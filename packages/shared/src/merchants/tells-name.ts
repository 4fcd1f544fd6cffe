import { isLabelWord } from './label-words.ts';
import { isLegalForm } from './legal-forms.ts';
import { ocrFold } from './ocr-fold.ts';

/** `C&A` has two; a letter and digits are part of a number. In scripts without cases one sign is a word. */
const LETTERS_MIN = 2;

/**
 * Whether a name has a word that can be a merchant's: `CASH |`, `Company` and `G57 ID. NO :` have none. Such a name makes
 * no merchant, and says neither yes nor no where one has it.
 */
export function tellsName(name: string): boolean {
  let letters = 0;
  for (const word of wordsOf(name)) {
    if (ocrFold(word).split(' ').every(isEmptyWord)) continue;
    if (ASCII_WORD.test(word)) return true;
    for (const letter of word.match(/\p{L}/gu) ?? []) {
      letters += 1;
      if (letters >= LETTERS_MIN || letter.toLowerCase() === letter.toUpperCase()) return true;
    }
  }
  return false;
}

function wordsOf(name: string): string[] {
  return /^[ -~]*$/.test(name) ? name.split(/[^A-Za-z0-9]+/) : name.normalize('NFKC').split(/[^\p{L}\p{M}\p{N}]+/u);
}

/** Two letters: more need not be counted. */
const ASCII_WORD = /^\d*[A-Za-z]\d*[A-Za-z]/;

/** Tells no two merchants apart: what kind of company it is, or what receipts print beside names. */
export function isEmptyWord(token: string): boolean {
  return isLegalForm(token) || isLabelWord(token);
}
