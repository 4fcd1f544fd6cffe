import { MARKS_BEFORE } from './currency-marks.ts';

/** Bracket, sign and currency mark before a figure. */
export interface Opening {
  /** Where the amount begins, its bracket, sign and mark included. */
  readonly from: number;
  readonly bracket: boolean;
  readonly minus: boolean;
  readonly mark: string | null;
}

const MARK_LENGTH_MAX = 4;
/** Marks that stand apart from their figure; close to it they are the end of a code (`KR5967`). */
const SPACED: ReadonlySet<string> = new Set(['KR', 'RS']);

const SPACE = ' '.charCodeAt(0);
const TAB = '\t'.charCodeAt(0);
const MINUS = '-'.charCodeAt(0);
const PLUS = '+'.charCodeAt(0);
const OPEN_BRACKET = '('.charCodeAt(0);
const GLUE: ReadonlySet<number> = codesOf('#/.,[');
const GLUE_BEHIND_DIGIT: ReadonlySet<number> = codesOf('-:*');

/**
 * What belongs to the figure whose first digit stands at `at`; null where the figure is part of something else: a code,
 * a date, a time. Walks backwards by hand, as it runs for every number of a document.
 */
export function openingOf(key: string, at: number): Opening | null {
  let from = skipSpace(key, at);
  let minus = false;
  let mark: string | null = null;
  let bracket = false;
  let found = false;
  if (isSign(key, from)) {
    minus ||= key.charCodeAt(from - 1) === MINUS;
    found = true;
    from = skipSpace(key, from - 1);
  }
  const length = markBefore(key, from);
  if (length > 0) {
    mark = key.slice(from - length, from);
    found = true;
    from = skipSpace(key, from - length);
    if (isSign(key, from)) {
      minus ||= key.charCodeAt(from - 1) === MINUS;
      from -= 1;
    }
  }
  if (from > 0 && key.charCodeAt(from - 1) === OPEN_BRACKET) {
    bracket = true;
    found = true;
    from -= 1;
  }
  while (from < at && key.charCodeAt(from) === SPACE) from += 1;
  if (found && !isGlued(key, from)) return { from, bracket, minus, mark };
  return isGlued(key, at) ? null : { from: at, bracket: false, minus: false, mark: null };
}

function skipSpace(key: string, at: number): number {
  return at > 0 && key.charCodeAt(at - 1) === SPACE ? at - 1 : at;
}

function isSign(key: string, at: number): boolean {
  if (at === 0) return false;
  const code = key.charCodeAt(at - 1);
  return code === MINUS || code === PLUS;
}

/** Last characters of the marks: before most figures stands none of them, and there is no mark to look for. */
const MARK_ENDS: ReadonlySet<number> = new Set([...MARKS_BEFORE].map((mark) => mark.charCodeAt(mark.length - 1)));
/** Length of the longest mark that ends at `at`; a mark of letters does not begin within a word. */
function markBefore(key: string, at: number): number {
  const end = at === 0 ? SPACE : key.charCodeAt(at - 1);
  if (end === SPACE || end === TAB || !MARK_ENDS.has(end)) return 0;
  for (let length = Math.min(MARK_LENGTH_MAX, at); length > 0; length -= 1) {
    const mark = key.slice(at - length, at);
    if (MARKS_BEFORE.has(mark) && (key[at] === ' ' || !SPACED.has(mark))) return length;
  }
  return 0;
}

/** Behind letters, a number's sign, or the separators within dates, codes and products, a figure does not begin. */
function isGlued(key: string, at: number): boolean {
  if (at === 0) return false;
  const code = key.charCodeAt(at - 1);
  if (code === SPACE || code === TAB) return false;
  if (code === TIMES) return !isMultiplied(key, at);
  if (isDigit(code) || (code >= 65 && code <= 90) || GLUE.has(code)) return true;
  return at >= 2 && GLUE_BEHIND_DIGIT.has(code) && isDigit(key.charCodeAt(at - 2));
}

const TIMES = 'X'.charCodeAt(0);
const PRICE = /\d+[.,]\d\d/y;

/** `2 X4,99`, `2X4,99`: a price behind a sign of multiplication that no letter stands before. */
function isMultiplied(key: string, at: number): boolean {
  const before = at >= 2 ? key.charCodeAt(at - 2) : SPACE;
  if (before !== SPACE && before !== TAB && !isDigit(before)) return false;
  PRICE.lastIndex = at;
  return PRICE.test(key);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function codesOf(characters: string): Set<number> {
  return new Set([...characters].map((character) => character.charCodeAt(0)));
}
