import { printable } from '@slipstream/shared';

/** What a spreadsheet takes as the beginning of a formula, once it has normalised full-width forms. */
const FORMULA_START = /^[=+\-@\u2212]/;
const NUMBER = /^[+-]?\d[\d., ]*$/;
/** A spreadsheet of a country with a decimal comma splits at semicolons whatever the file says. */
const FORMULA_AFTER_SEMICOLON = /;(?=\s*[=+\-@＝＋－＠\u2212])/g;

/**
 * A cell's text as a spreadsheet may read it. It comes from a stranger's paper: `=HYPERLINK(…)` has to stay text, also
 * behind spaces, line ends and characters that do not show, and in full-width letters. Plain numbers stay numbers.
 */
export function csvCell(value: string): string {
  // What is not text becomes a mark or nothing, so that it hides no formula's beginning.
  const text = printable(value).replace(FORMULA_AFTER_SEMICOLON, ";'");
  const start = text.normalize('NFKC').replace(/^[\s\ufffd'"]+/, '');
  return FORMULA_START.test(start) && !NUMBER.test(text) ? `'${text}` : text;
}
