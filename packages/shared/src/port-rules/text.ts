/** Length in bytes of UTF-8, the unit of every limit AWS sets on text. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
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
