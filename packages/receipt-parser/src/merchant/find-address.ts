import { printed } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';
import { countLetters } from '../text/count-letters.ts';
import { ADDRESS_STOP, HOUSE_NUMBER, PLACE_WORD, POSTCODE, REGION } from './address-words.ts';
import type { HeadRow } from './head-rows.ts';
import { LEGAL_FORM, REGISTRATION, TRADE_WORD } from './header-words.ts';

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
  const points = head.map((_, i) => addressPoints(head, i));
  let best: { from: number; to: number; score: number } | null = null;
  let from = 0;
  let score = 0;
  for (const [i, value] of points.entries()) {
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
  const { from: first, to } = best;
  const beside = [points[first - 1], points[to]].filter((value) => value !== undefined && value > -2);
  const tail = head.slice(Math.max(first, to - 2), to).map(({ row }) => row.key);
  const words = head.slice(first, to).flatMap(({ row }) => row.words);
  return {
    ...best,
    words,
    text: printed(words),
    ends_well: tail.some((key) => POSTCODE.test(key) || REGION.test(key)),
    doubtful_edge: beside.length > 0,
  };
}

function addressPoints(head: readonly HeadRow[], index: number): number {
  const row = head[index]?.row;
  const key = (row?.key ?? '').replace(/ (?=[.,])/g, '');
  if (ADDRESS_STOP.test(key) || isRegistrationRow(key) || (/^\+?[\d\s()/-]{7,}$/.test(key) && !POSTCODE.test(key)))
    return STOP;
  // A postcode on a row of its own ends an address; a number alone begins none.
  if (/^\d{5}$/.test(key)) return index > 0 && PLACE_WORD.test(head[index - 1]?.row.key ?? '') ? 1 : -2;
  const letters = countLetters(key);
  let points = 0;
  if (row !== undefined && row.digits > 0 && HOUSE_NUMBER.test(key)) points += 1.5;
  if (PLACE_WORD.test(key)) points += 1.5;
  if (POSTCODE.test(key)) points += 2;
  if (REGION.test(key)) points += 1.5;
  if (LEGAL_FORM.test(key)) return points >= 4 && key.includes(',') ? 0 : -4;
  if (points > 0 && key.includes(',')) points += 0.5;
  if (points === 0 && /,$/.test(key) && letters > 3) points += 0.4;
  if (letters < 3 && points === 0) return -2;
  if (TRADE_WORD.test(key) && !/\d|,/.test(key) && points < 3) points -= 3;
  else if (points === 0) points = /,\s*$/.test(head[index - 1]?.row.key ?? '') ? 0.2 : UNKNOWN;
  if (/^\(.*\)$/.test(key)) points -= 2;
  return points;
}

function isRegistrationRow(key: string): boolean {
  return REGISTRATION.test(key) && !POSTCODE.test(key);
}
