import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUtf8, prefixEnd, utf8Bytes } from '../../src/index.ts';

const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const text = fc.string({ unit: 'binary' });

describe('the end of a prefix', () => {
  it.each([
    ['', null],
    ['a', 'b'],
    ['az', 'a{'],
    ['\ud7ff', '\ue000'],
    ['a\u{10ffff}', 'b'],
    ['\u{10ffff}\u{10ffff}', null],
    ['\uffff', '\u{10000}'],
  ])('of %j is %j', (prefix, end) => {
    expect(prefixEnd(prefix)).toBe(end);
  });

  it('divides the texts that start with it from all greater ones', () => {
    fc.assert(
      fc.property(text, text, text, (prefix, rest, other) => {
        const end = prefixEnd(prefix);
        const isBelow = (value: string) => end === null || compareBytes(value, end) < 0;
        expect(isBelow(prefix + rest)).toBe(true);
        const isWithin = compareBytes(other, prefix) >= 0 && isBelow(other);
        expect(isWithin).toBe(other.startsWith(prefix));
      }),
    );
  });

  it('is well-formed', () => {
    fc.assert(fc.property(text, (prefix) => prefixEnd(prefix)?.isWellFormed() ?? true));
  });
});

it('counts bytes, not characters', () => {
  expect(['a', 'é', '€', '𝄞'].map(utf8Bytes)).toEqual([1, 2, 3, 4]);
});

it('counts and compares as UTF-8 is stored', () => {
  const any = fc.string({ unit: fc.constantFrom('a', 'é', '€', '\uffff', '𝄞', '\u{10ffff}', '\ud800') });
  fc.assert(fc.property(any, (value) => utf8Bytes(value) === Buffer.byteLength(value)));
  fc.assert(
    fc.property(text, text, (a, b) => {
      fc.pre(a.isWellFormed() && b.isWellFormed());
      return Math.sign(compareUtf8(a, b)) === compareBytes(a, b);
    }),
  );
});
