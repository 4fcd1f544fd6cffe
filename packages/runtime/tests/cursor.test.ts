import { isSlipstreamError } from '@slipstream/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../src/cursor.ts';

const isCursorInvalid = (work: () => unknown) => {
  try {
    work();
    return false;
  } catch (thrown) {
    return isSlipstreamError(thrown, 'CURSOR_INVALID');
  }
};
const position = fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 });

describe('a cursor', () => {
  it('gives the position back to the listing it was made for', () => {
    fc.assert(
      fc.property(position, fc.string(), (parts, listing) => {
        expect(decodeCursor([listing], encodeCursor([listing], parts), parts.length)).toEqual(parts);
      }),
    );
  });

  it('is refused by every other listing, and with another number of parts', () => {
    const cursor = encodeCursor(['gsi1', 'PENDING'], ['a', 'b', 'c']);
    expect(isCursorInvalid(() => decodeCursor(['gsi1', 'RUNNING'], cursor, 3))).toBe(true);
    expect(isCursorInvalid(() => decodeCursor(['gsi1', 'PENDING'], cursor, 1))).toBe(true);
  });

  it('is refused when it was altered, and so is everything else', () => {
    const cursor = encodeCursor(['table'], ['position']);
    fc.assert(
      fc.property(fc.nat(cursor.length - 1), fc.constantFrom('A', '_', '', '%'), (at, character) => {
        const altered = cursor.slice(0, at) + character + cursor.slice(at + 1);
        const decoded = Buffer.from(altered, 'base64url').equals(Buffer.from(cursor, 'base64url'));
        expect(isCursorInvalid(() => decodeCursor(['table'], altered, 1))).toBe(!decoded);
      }),
    );
    fc.assert(fc.property(fc.string(), (junk) => isCursorInvalid(() => decodeCursor(['table'], junk, 1))));
  });

  it('is absent on the first page', () => {
    expect([decodeCursor(['table'], null, 1), decodeCursor(['table'], undefined, 1)]).toEqual([null, null]);
  });
});
