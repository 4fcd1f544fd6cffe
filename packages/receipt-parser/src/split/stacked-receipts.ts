import { scanDates } from '../dates/scan-dates.ts';
import { phrases } from '../languages/languages.ts';
import type { Piece } from '../layout/pieces.ts';
import { isTotal, keyOf } from './piece-key.ts';

/** A day as digits; days in words are seldom on paper that lies below other paper. */
const DAY = /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|[年월]/;
/** `1/2/24` has no fewer. */
const DAY_DIGITS_MIN = 4;
const PRICE = /\d[.,]\d\d(?![\d.,/-])/;
/** What a card slip says, which is printed below its receipt and has a day and a total too. */
const CARD_SLIP = phrases('card_slip');

interface Line {
  readonly piece: Piece;
  readonly key: string;
  readonly day: string | null;
  readonly has_price: boolean;
}

/**
 * Two receipts that lie or were printed below each other, each with a day above its prices and a total below them; null
 * where there is no second one. Without a gap that is wider than others, the second begins at its first row of text.
 */
export function stackedReceipts(pieces: readonly Piece[]): [readonly Piece[], readonly Piece[]] | null {
  if (
    pieces.filter(({ words }) => words.some(({ key, digits }) => digits >= DAY_DIGITS_MIN && DAY.test(key))).length < 2
  )
    return null;
  const lines = [...pieces].sort((a, b) => a.y - b.y).map(lineOf);
  for (let at = 1; at < lines.length; at += 1) {
    const here = lines[at];
    if (here === undefined || here.day === null) continue;
    const last_price = lines.findLastIndex(({ has_price }, i) => i < at && has_price);
    const head = cutBetween(lines, last_price + 1, at);
    if (head === null) continue;
    const above = lines.slice(0, head);
    const below = lines.slice(head);
    if (isReceipt(above) && isReceipt(below) && !above.some(({ day }) => day === here.day) && !isSlip(below)) {
      const y = Math.min(...below.map(({ piece }) => piece.y));
      return [pieces.filter((piece) => piece.y < y), pieces.filter((piece) => piece.y >= y)];
    }
  }
  return null;
}

function lineOf(piece: Piece): Line {
  const key = keyOf(piece);
  const date = DAY.test(key) ? scanDates(key)[0] : undefined;
  const day = date === undefined ? null : date.parts.join('-');
  return { piece, key, day, has_price: day === null && PRICE.test(key) };
}

/** The first line of the lower head, among those between the upper receipt's last price and the lower one's day. */
function cutBetween(lines: readonly Line[], from: number, to: number): number | null {
  if (from <= 0 || from >= to) return null;
  let best: number | null = null;
  let widest = 0;
  for (let i = from; i < to; i += 1) {
    const above = lines[i - 1]?.piece;
    const here = lines[i]?.piece;
    if (above === undefined || here === undefined || !/\p{L}{3}/u.test(lines[i]?.key ?? '')) continue;
    const gap = here.y - above.y;
    if (gap > widest + 0.3 || best === null) {
      best = i;
      widest = Math.max(gap, widest);
    }
  }
  return best;
}

function isReceipt(lines: readonly Line[]): boolean {
  const prices = lines.filter(({ has_price }) => has_price).length;
  return prices >= 2 && lines.some(({ day }) => day !== null) && lines.some(({ key }) => isTotal(key));
}

/** Above its first price. */
function isSlip(lines: readonly Line[]): boolean {
  const first_price = lines.findIndex(({ has_price }) => has_price);
  return lines.slice(0, first_price + 1).some(({ key }) => CARD_SLIP.test(key));
}
