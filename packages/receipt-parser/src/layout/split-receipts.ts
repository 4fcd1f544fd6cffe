import { scanDates } from '../dates/scan-dates.ts';
import { LEGAL_FORM, REGISTRATION } from '../merchant/header-words.ts';
import { roleOf } from '../summary/labels.ts';
import type { Piece } from './frame.ts';

/** White space this wide between receipts that lie side by side, in text heights. */
const GUTTER_MIN = 1.5;
/** White space this high between receipts that lie below each other. */
const GAP_MIN = 3;
/** A receipt has at least so many pieces of text. */
const PIECES_MIN = 5;
/** Cuts within cuts; 2^6 receipts are more than any image is accepted with. */
const DEPTH_MAX = 6;

/**
 * Sets receipts on one image apart by the white space between them. A cut counts only where each side is a receipt by
 * itself, with figures, a total and what else a receipt needs: the space between labels and amounts, or above a card
 * slip, parts nothing. Left to right, then top to bottom.
 */
export function splitReceipts(pieces: readonly Piece[]): (readonly Piece[])[] {
  return split(pieces, DEPTH_MAX);
}

function split(pieces: readonly Piece[], depth: number): (readonly Piece[])[] {
  if (depth === 0 || pieces.length < 2 * PIECES_MIN) return [pieces];
  for (const [side_a, side_b] of [...cuts(pieces, 'x'), ...cuts(pieces, 'y')]) {
    if (isReceipt(side_a) && isReceipt(side_b)) return [...split(side_a, depth - 1), ...split(side_b, depth - 1)];
  }
  return [pieces];
}

type Cut = readonly [readonly Piece[], readonly Piece[]];

/** At most this many of the widest white spaces are tried; each costs a look at every piece. */
const CUTS_MAX = 4;

function cuts(pieces: readonly Piece[], axis: 'x' | 'y'): Cut[] {
  const start = (piece: Piece): number => (axis === 'x' ? piece.left : piece.y - piece.height / 2);
  const end = (piece: Piece): number => (axis === 'x' ? piece.right : piece.y + piece.height / 2);
  const sorted = [...pieces].sort((a, b) => start(a) - start(b));
  const gaps: { at: number; width: number }[] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const [i, piece] of sorted.entries()) {
    const width = start(piece) - reach;
    if (i >= PIECES_MIN && sorted.length - i >= PIECES_MIN && width >= (axis === 'x' ? GUTTER_MIN : GAP_MIN))
      gaps.push({ at: i, width });
    reach = Math.max(reach, end(piece));
  }
  return gaps
    .sort((a, b) => b.width - a.width)
    .slice(0, CUTS_MAX)
    .map(({ at }): Cut => [sorted.slice(0, at), sorted.slice(at)]);
}

/** Figures, a label of a total, a day, and whom it is from: a receipt, not a part of one. */
function isReceipt(pieces: readonly Piece[]): boolean {
  let amounts = 0;
  let total = false;
  let day = false;
  let merchant = false;
  for (const { words } of pieces) {
    const key = words.map((word) => word.key).join(' ');
    if (/\d[.,]\d\d(?!\d)/.test(key)) amounts += 1;
    total ||= roleOf(key.replace(/[\d.,:]+/g, ' ').trim()) === 'total';
    day ||= scanDates(key).length > 0;
    merchant ||= LEGAL_FORM.test(key) || REGISTRATION.test(key) || /\bTEL\b|\bPHONE\b|\+\d\d/.test(key);
    if (amounts >= 2 && total && day && merchant) return true;
  }
  return false;
}
