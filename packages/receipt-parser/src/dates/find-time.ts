import { phrases } from '../languages/languages.ts';
import { type Row, wordsBetween } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import { matches } from '../text/matches.ts';

export interface FoundTime {
  /** HH:MM or HH:MM:SS, 24 hours. */
  readonly value: string;
  readonly words: readonly Word[];
  /** Beside the date, behind a label, or alone on the receipt. */
  readonly place: 'date' | 'label' | 'alone';
}

const CLOCK = /(?<![\d:.,/-])([01]?\d|2[0-3]) ?: ?([0-5]\d)(?: ?: ?([0-5]\d))?(?![\d:]) ?([AP]\.?M\b)?/g;
const FRENCH = /(?<![\d:.,])([01]?\d|2[0-3]) ?H ?([0-5]\d)(?!\d)()()/g;
const CJK = /(?<!\d)([01]?\d|2[0-3]) ?[時시] ?([0-5]\d) ?[分분](?: ?([0-5]\d) ?[秒초])?()/g;
/** With points or spaces it takes a label, or the date just before it: `13.45` is a price anywhere else. */
const LOOSE = /(?<![\d:.,/-])([01]?\d|2[0-3])[ .]([0-5]\d)(?:[ .]([0-5]\d))?(?![\d.,]) ?([AP]\.?M\b)?/g;
const LABEL = phrases('time_label');
const HOURS = phrases('opening_hours');

/** `9:05` has no fewer. */
const DIGITS_MIN = 3;

/** The time of the purchase: beside the date first, else behind a label, else the only clock time there is. */
export function findTime(rows: readonly Row[], date_row: number | null, date_words: readonly Word[]): FoundTime | null {
  const on_date_row = date_row === null ? undefined : rows[date_row];
  if (on_date_row !== undefined) {
    const from = date_words.length === 0 ? 0 : endOf(on_date_row, date_words);
    const time = timeOn(on_date_row, [CLOCK, FRENCH, CJK], 0) ?? timeOn(on_date_row, [LOOSE], from);
    if (time !== null) return { ...time, place: 'date' };
  }
  const candidates = rows.filter((row) => row.digits >= DIGITS_MIN && !HOURS.test(row.key));
  for (const row of candidates) {
    const label = LABEL.exec(row.key);
    const time = label === null ? null : timeOn(row, [CLOCK, FRENCH, CJK, LOOSE], label.index);
    if (time !== null) return { ...time, place: 'label' };
  }
  for (const row of candidates) {
    const time = timeOn(row, [CLOCK, CJK], 0);
    if (time !== null) return { ...time, place: 'alone' };
  }
  return null;
}

function timeOn(row: Row, patterns: readonly RegExp[], from: number): Omit<FoundTime, 'place'> | null {
  for (const pattern of patterns) {
    for (const match of matches(pattern, row.key)) {
      if (match.index < from) continue;
      const value = normalised(Number(match[1]), match[2] ?? '', match[3] ?? '', match[4] ?? '');
      if (value !== null)
        return { value, words: wordsBetween(row, match.index, match.index + match[0].trimEnd().length) };
    }
  }
  return null;
}

function normalised(printed_hour: number, minute: string, second: string, half: string): string | null {
  const hour =
    half.startsWith('P') && printed_hour < 12
      ? printed_hour + 12
      : half.startsWith('A') && printed_hour === 12
        ? 0
        : printed_hour;
  if (hour > 23) return null;
  return `${String(hour).padStart(2, '0')}:${minute}${second === '' ? '' : `:${second}`}`;
}

function endOf(row: Row, words: readonly Word[]): number {
  const last = words.at(-1);
  const i = last === undefined ? -1 : row.words.indexOf(last);
  return i < 0 ? 0 : (row.starts[i] ?? 0) + (row.words[i]?.key.length ?? 0);
}
