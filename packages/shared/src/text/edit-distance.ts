/** The least number of signs to change, add or leave out to make one text the other (Levenshtein). */
export function distance(a: string, b: string): number {
  let row = Uint16Array.from({ length: b.length + 1 }, (_, j) => j);
  let next = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i += 1) {
    next[0] = i + 1;
    const sign = a.charCodeAt(i);
    for (let j = 0; j < b.length; j += 1) {
      const changed = (row[j] ?? 0) + (b.charCodeAt(j) === sign ? 0 : 1);
      next[j + 1] = Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
    }
    [row, next] = [next, row];
  }
  return row[b.length] ?? 0;
}

/** Whether the distance is one at most, without a table: most pairs of words differ twice within a few signs. */
export function isNearly(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const longer = long.length - short.length;
  if (longer > 1) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at += 1;
  // Behind the first sign that differs, or that one of them lacks, all is the same.
  for (let i = at + 1 - longer; i < short.length; i += 1)
    if (short.charCodeAt(i) !== long.charCodeAt(i + longer)) return false;
  return true;
}
