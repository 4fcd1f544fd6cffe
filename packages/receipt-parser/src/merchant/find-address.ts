import type { Figures } from '../layout/figures.ts';
import { ADDRESS_STOP, HOUSE_NUMBER, PLACE_WORD, POSTCODE, REGION } from './address-words.ts';
import { LEGAL_FORM, REGISTRATION, TRADE_WORD } from './header-words.ts';

/** A run of rows of the head that reads as an address. `[from, to)` are positions in the head. */
export interface AddressRun {
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/** A run with less than this says too little to be an address: a lone street word occurs in names as well. */
const SCORE_MIN = 2;
const STOP = Number.NEGATIVE_INFINITY;
/** What an unremarkable row costs inside a run; an address has hardly more than two of them in a row. */
const UNKNOWN = -0.8;

/** The head's first convincing run of address rows. A later run is the customer's, or the branch's. */
export function findAddress(head: readonly Figures[]): AddressRun | null {
  let best: AddressRun | null = null;
  let from = 0;
  let score = 0;
  for (let i = 0; i < head.length; i += 1) {
    const points = addressPoints(head, i);
    if (points === STOP) {
      if (best !== null) return best;
      score = 0;
      from = i + 1;
      continue;
    }
    if (score <= 0 || points === STOP) {
      score = 0;
      from = i;
    }
    score += points;
    if (score >= SCORE_MIN && (best === null || score > best.score || best.from !== from)) {
      best = { from, to: i + 1, score };
    }
  }
  return best;
}

function addressPoints(head: readonly Figures[], index: number): number {
  const key = head[index]?.row.key ?? '';
  const letters = key.replace(/[^\p{L}]/gu, '').length;
  if (ADDRESS_STOP.test(key) || isRegistrationRow(key) || /^\+?[\d\s()/-]{7,}$/.test(key)) return STOP;
  let points = 0;
  if (HOUSE_NUMBER.test(key)) points += 1.5;
  if (PLACE_WORD.test(key)) points += 1.5;
  if (POSTCODE.test(key)) points += 2;
  if (REGION.test(key)) points += 1.5;
  if (points > 0 && key.includes(',')) points += 0.5;
  if (points === 0 && /,$/.test(key) && letters > 3) points += 0.4;
  if (letters < 3 && points === 0) return -2;
  const named = LEGAL_FORM.test(key) || TRADE_WORD.test(key);
  if (named && !/\d/.test(key)) points -= 3;
  else if (points === 0) points = /,\s*$/.test(head[index - 1]?.row.key ?? '') ? 0.2 : UNKNOWN;
  if (/^\(.*\)$/.test(key)) points -= 2;
  return points;
}

function isRegistrationRow(key: string): boolean {
  return REGISTRATION.test(key) && !POSTCODE.test(key);
}
