/** Length in bytes of UTF-8, the unit of every limit AWS sets on text. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    bytes += 1;
    if (unit < 0x800) continue;
    // A pair of surrogates is one code point of four bytes; a lone one is written as U+FFFD, which takes three.
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) at += 1;
    bytes += 1;
  }
  return bytes;
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Below zero where `a` comes first in the order of UTF-8 bytes, which is the order of code points. */
export function compareUtf8(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === a.length || at === b.length) return a.length - b.length;
  // Inside a pair the first halves are equal, and the second halves are in the order of their code points.
  const isInPair = at > 0 && isHighSurrogate(a.charCodeAt(at - 1)) && isLowSurrogate(a.charCodeAt(at));
  return isInPair ? a.charCodeAt(at) - b.charCodeAt(at) : (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
}

/**
 * The smallest text greater than every text that starts with `prefix`, in the order of UTF-8 bytes (which is the order
 * of code points); null when there is none, because the prefix is empty or all U+10FFFF.
 */
export function prefixEnd(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // The code points D800 to DFFF are surrogates, which no well-formed text holds.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return null;
}
