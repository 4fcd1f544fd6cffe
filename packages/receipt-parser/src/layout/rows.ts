import type { Piece } from './pieces.ts';
import { type Row, rowOf } from './row.ts';
import type { Word } from './word.ts';

interface OpenRow {
  readonly pieces: Piece[];
  bottom: number;
}

/** Two pieces are level when their middles are less than this share of the smaller height apart. */
const LEVEL_SHARE = 0.6037;
/** Pieces that overlap along x by more than this share of the narrower one stand above each other. */
const OVERLAP_SHARE = 0.4037;
/** How far back rows, and pieces within a row, are looked at: bounds the work for documents of any shape. */
const ROWS_BACK_MAX = 10;
const PIECES_BACK_MAX = 48;

/**
 * Joins the pieces that stand side by side into rows, top to bottom. A piece is compared with its nearest neighbour
 * in the row, along that neighbour's own slope, so that a row follows a curled or sloping page.
 */
export function rowsOf(pieces: readonly Piece[]): Row[] {
  const sorted = [...pieces].sort((a, b) => a.y - b.y || a.left - b.left || a.right - b.right);
  const rows: OpenRow[] = [];
  for (const piece of sorted) {
    const home = findRow(rows, piece);
    if (home === undefined) rows.push({ pieces: [piece], bottom: piece.y + piece.height / 2 });
    else {
      home.pieces.push(piece);
      home.bottom = Math.max(home.bottom, piece.y + piece.height / 2);
    }
  }
  return rows.map(({ pieces: members }) => rowOf(wordsOf(members))).sort((a, b) => a.y - b.y);
}

function wordsOf(members: readonly Piece[]): readonly Word[] {
  const [only] = members;
  if (only !== undefined && members.length === 1) return only.words;
  return [...members].sort((a, b) => a.left - b.left).flatMap(({ words }) => words);
}

function findRow(rows: readonly OpenRow[], piece: Piece): OpenRow | undefined {
  let best: OpenRow | undefined;
  let best_offset = Number.POSITIVE_INFINITY;
  const first = Math.max(0, rows.length - ROWS_BACK_MAX);
  for (let i = rows.length - 1; i >= first; i -= 1) {
    const row = rows[i];
    if (row === undefined || row.bottom < piece.y - 2 * piece.height) continue;
    const offset = offsetFrom(row, piece);
    if (offset < best_offset) {
      best = row;
      best_offset = offset;
    }
  }
  return best;
}

/** Distance of the piece's middle from the row's line in shares of the smaller height; infinite where it cannot join. */
function offsetFrom(row: OpenRow, piece: Piece): number {
  let nearest: Piece | undefined;
  let nearest_gap = Number.POSITIVE_INFINITY;
  const first = Math.max(0, row.pieces.length - PIECES_BACK_MAX);
  for (let i = first; i < row.pieces.length; i += 1) {
    const other = row.pieces[i];
    if (other === undefined) continue;
    const overlap = Math.min(piece.right, other.right) - Math.max(piece.left, other.left);
    if (overlap > OVERLAP_SHARE * Math.min(piece.right - piece.left, other.right - other.left)) {
      return Number.POSITIVE_INFINITY;
    }
    if (-overlap < nearest_gap) {
      nearest_gap = -overlap;
      nearest = other;
    }
  }
  if (nearest === undefined) return Number.POSITIVE_INFINITY;
  const middle = (nearest.left + nearest.right) / 2;
  const expected = nearest.y + nearest.slope * ((piece.left + piece.right) / 2 - middle);
  const offset = Math.abs(piece.y - expected) / Math.max(Math.min(piece.height, nearest.height), 1e-9);
  return offset < LEVEL_SHARE ? offset : Number.POSITIVE_INFINITY;
}
