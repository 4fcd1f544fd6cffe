import { roleOf } from '../labels/labels.ts';
import type { Piece } from '../layout/pieces.ts';

/** A piece's folded text. */
export function keyOf({ words }: Pick<Piece, 'words'>): string {
  return words.map(({ key }) => key).join(' ');
}

/** Whether a folded text is the label of a total, with or without its figure. */
export function isTotal(key: string): boolean {
  return roleOf(key.replace(/[\d.,:]+/g, ' ').trim()) === 'total';
}
