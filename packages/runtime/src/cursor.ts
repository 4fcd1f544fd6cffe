import { createHash } from 'node:crypto';
import { SlipstreamError } from '@slipstream/shared';

/**
 * A cursor is the position of the last row that was given out, bound to the listing it belongs to: with another
 * listing, or altered, it is refused. It is no secret, so the check guards against mistakes and not against forgery.
 */
export function encodeCursor(listing: readonly unknown[], position: readonly string[]): string {
  const content = JSON.stringify(position);
  return Buffer.from(`${checksum(listing, content)}${content}`).toString('base64url');
}

/** The position, of `length` texts; null for no cursor. `CURSOR_INVALID` for everything that `encodeCursor` did not make for this listing. */
export function decodeCursor(
  listing: readonly unknown[],
  cursor: string | null | undefined,
  length: number,
): string[] | null {
  if (cursor === null || cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const content = text.slice(CHECKSUM_CHARACTERS);
  if (text.slice(0, CHECKSUM_CHARACTERS) !== checksum(listing, content)) throw cursorInvalid();
  const position: unknown = JSON.parse(content);
  if (!isPosition(position) || position.length !== length) throw cursorInvalid();
  return position;
}

const CHECKSUM_CHARACTERS = 16;

function checksum(listing: readonly unknown[], content: string): string {
  const hash = createHash('sha256').update(JSON.stringify(listing)).update('\n').update(content);
  return hash.digest('hex').slice(0, CHECKSUM_CHARACTERS);
}

function isPosition(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}

function cursorInvalid(): SlipstreamError {
  return new SlipstreamError('CURSOR_INVALID', 'The cursor does not belong to this listing; start again without one.');
}
