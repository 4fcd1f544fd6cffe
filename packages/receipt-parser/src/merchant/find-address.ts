import { scanDates } from '../dates/scan-dates.ts';
import { printed } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import type { HeadRow } from './head-rows.ts';
import { HeadText } from './head-text.ts';

/** A run of rows of the head that reads as an address. `[from, to)` are positions in the head. */
export interface FoundAddress {
  readonly words: readonly Word[];
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly score: number;
  /** Its last rows have a postcode, a region or a country. */
  readonly ends_well: boolean;
  /** A row beside the run may belong to it or not. */
  readonly doubtful_edge: boolean;
}

/** A run with less than this says too little to be an address: a lone street word occurs in names as well. */
const SCORE_MIN = 2;
const STOP = Number.NEGATIVE_INFINITY;
/** What an unremarkable row costs inside a run; an address has hardly more than two of them in a row. */
const UNKNOWN = -0.8;

/** The head's first convincing run of address rows. A later run is the customer's, or the branch's. */
export function findAddress(head: readonly HeadRow[]): FoundAddress | null {
  const points: number[] = [];
  let best: { from: number; to: number; score: number } | null = null;
  let from = 0;
  let score = 0;
  for (let i = 0; i < head.length; i += 1) {
    const value = addressPoints(head, i);
    points.push(value);
    if (value === STOP) {
      if (best !== null) break;
      score = 0;
      continue;
    }
    if (score <= 0) {
      score = 0;
      from = i;
    }
    score += value;
    if (score >= SCORE_MIN && (best === null || score > best.score)) best = { from, to: i + 1, score };
  }
  if (best === null) return null;
  const { to } = best;
  const first = belowBranch(head, belowName(head, best.from, to), to);
  const beside = [points[first - 1], points[to]].filter((value) => value !== undefined && value > -2);
  const tail = head.slice(Math.max(first, to - 2), to);
  const words = head.slice(first, to).flatMap(({ row }) => row.words);
  return {
    ...best,
    from: first,
    words,
    text: printed(words),
    ends_well: tail.some(({ text }) => text.has('postcode') || text.has('region')),
    doubtful_edge: beside.length > 0,
  };
}

/** `CARREFOUR CITY`, `PLAZA CAFE`: whoever's receipt it is stands first, also where a place is part of the name. */
function belowName(head: readonly HeadRow[], from: number, to: number): number {
  const first = head[from]?.text;
  const is_name = from === 0 && to > 1 && first !== undefined && first.digits === 0 && !first.key.includes(',');
  return is_name && !first.has('region') && !first.has('postcode') ? 1 : from;
}

/** A place that stands above a house's number and in the address again is the name of the branch. */
function belowBranch(head: readonly HeadRow[], from: number, to: number): number {
  const here = head[from]?.text;
  const below = head[from + 1]?.text;
  if (here === undefined || below === undefined || from + 1 >= to) return from;
  const is_bare = here.digits === 0 && head.slice(from + 1, to).some(({ text }) => text.key.includes(here.key));
  return is_bare && below.has('house_number') && !here.has('street_and_number') ? from + 1 : from;
}

function addressPoints(head: readonly HeadRow[], index: number): number {
  const here = head[index];
  if (here === undefined) return STOP;
  const text = tightened(here.text);
  const { key, letters } = text;
  if (text.has('address_stop') || isRegistrationRow(text) || (isPhoneNumber(text) && !text.has('postcode')))
    return STOP;
  const above = head[index - 1]?.text;
  // A postcode on a row of its own ends an address; a number alone begins none.
  if (/^\d{5}$/.test(key)) return above?.has('place') ? 1 : -2;
  // `21 Jan 2026 16:40`: a day of the month is no house's number.
  if (text.has('house_number') && !text.has('place') && scanDates(key).some(({ from }) => from === 0)) return STOP;
  let points = 0;
  if (text.has('house_number')) points += 1.5;
  if (text.has('place')) points += 1.5;
  if (points === 0 && text.has('street_and_number') && head[index + 1]?.text.has('postcode')) points += 1.5;
  if (text.has('postcode')) points += 2;
  if (text.has('region')) points += 1.5;
  if (text.has('legal_form')) return points >= 4 && key.includes(',') ? 0 : -4;
  if (points > 0 && key.includes(',')) points += 0.5;
  if (points === 0 && key.endsWith(',') && letters > 3) points += 0.4;
  if (letters < 3 && points === 0) return -2;
  if (text.has('trade_word') && text.digits === 0 && !key.includes(',') && points < 3) points -= 3;
  else if (points === 0) points = above !== undefined && /,\s*$/.test(above.key) ? 0.2 : UNKNOWN;
  if (key.startsWith('(') && key.endsWith(')')) points -= 2;
  return points;
}

/** A text without the spaces that scanners and engines set before points and commas. */
function tightened(text: HeadText): HeadText {
  return / [.,]/.test(text.key) ? new HeadText(text.key.replace(/ (?=[.,])/g, ''), text.digits) : text;
}

function isPhoneNumber({ key, digits }: HeadText): boolean {
  return digits > 0 && /^\+?[\d\s()/-]{7,}$/.test(key);
}

function isRegistrationRow(text: HeadText): boolean {
  return text.has('registration') && !text.has('postcode');
}
