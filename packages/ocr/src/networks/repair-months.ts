/** English ones, which receipts of most countries print in short. */
const MONTHS = new Set('JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' '));
/** Letters that the network takes for figures inside a date. */
const LETTERS_OF: Readonly<Record<string, readonly string[]>> = {
  0: ['O', 'D'],
  1: ['L'],
  4: ['A'],
  5: ['S'],
  6: ['G'],
};
const MARKS = "[-/.,'´’]";
const DAY = /^\d{1,2}$/;
/** What stands before the month's name in a word, and behind it: its day or nothing; a day and a year, or a year. */
const BEFORE = new RegExp(`^(?:\\d{1,2}${MARKS}?)?$`);
const YEAR_BEHIND = new RegExp(`^${MARKS}?(?:\\d\\d|\\d{4})(?!\\d)`);
const DAY_AND_YEAR_BEHIND = new RegExp(`^${MARKS}?\\d{1,2}(?:${MARKS}{1,2}(?:\\d\\d|\\d{4})|\\d{4})(?!\\d)`);

/** "APR11:17" before a clock: the apostrophe of a year. */
const YEAR_BEHIND_COLON = /^\p{L}{3}\d{1,2}:\d\d$/u;
const CLOCK = /^\d{1,2}:\d\d/;

/**
 * "270ec'16", "Ju119'14", "25 0ct": the word with the letters of its month's name, of the same length; the word itself
 * where it is no date. `before` and `behind` are the words beside it.
 */
export function withMonthName(text: string, before: string, behind: string): string {
  const colon = YEAR_BEHIND_COLON.exec(text);
  if (colon !== null && MONTHS.has(text.slice(0, 3).toUpperCase()) && CLOCK.test(behind)) return text.replace(':', "'");
  if (!/\d/.test(text) || !/\p{L}{2}|\p{L}\d\p{L}/u.test(text)) return text;
  for (let at = 0; at <= Math.min(3, text.length - 3); at += 1) {
    const [head, name, tail] = [text.slice(0, at), text.slice(at, at + 3), text.slice(at + 3)];
    if (!BEFORE.test(head) || !isDate(head, tail, before, behind)) continue;
    const repaired = monthName(name);
    if (repaired !== null) return head + repaired + tail;
  }
  return text;
}

function isDate(head: string, tail: string, before: string, behind: string): boolean {
  if (tail === '')
    return head === '' ? DAY.test(before) || DAY.test(behind.replace(',', '')) : /^\d{2,4}$/.test(behind);
  return (head === '' ? DAY_AND_YEAR_BEHIND : YEAR_BEHIND).test(tail) || (DAY.test(before) && YEAR_BEHIND.test(tail));
}

/** Two of its three letters at least were read as letters. */
function monthName(name: string): string | null {
  const figures = name.replace(/\D/g, '');
  if (figures.length !== 1) return null;
  for (const letter of LETTERS_OF[figures] ?? []) {
    const repaired = name.replace(figures, letter);
    if (!MONTHS.has(repaired.toUpperCase())) continue;
    return /\p{Ll}/u.test(name) && !name.startsWith(figures) ? name.replace(figures, letter.toLowerCase()) : repaired;
  }
  return null;
}
