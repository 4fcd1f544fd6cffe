import { distance } from '@slipstream/shared';

/**
 * The least number of signs to change, add or leave out so that `pattern` stands somewhere in `text` (Sellers, "The
 * Theory and Computation of Evolutionary Distances", 1980). Work grows with the product of both lengths: callers bound them.
 */
export function distanceWithin(pattern: string, text: string): number {
  let row = new Uint16Array(text.length + 1);
  let next = new Uint16Array(text.length + 1);
  for (let i = 0; i < pattern.length; i += 1) {
    next[0] = i + 1;
    const sign = pattern.charCodeAt(i);
    for (let j = 0; j < text.length; j += 1) {
      const changed = (row[j] ?? 0) + (text.charCodeAt(j) === sign ? 0 : 1);
      next[j + 1] = Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
    }
    [row, next] = [next, row];
  }
  return row.reduce((least, value) => Math.min(least, value), pattern.length);
}

/** 1 for equal texts, 0 for texts that have nothing in common. */
export function likeness(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  return length === 0 ? 0 : 1 - distance(a, b) / length;
}
