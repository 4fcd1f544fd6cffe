/**
 * How alike two texts are, 0 to 1: twice the characters in common blocks over all characters, where the longest common
 * block is taken first, then those left and right of it (Ratcliff and Obershelp, 1988).
 */
export function similarity(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * common(a, b)) / (a.length + b.length);
}

function common(a: string, b: string): number {
  let best = { length: 0, a: 0, b: 0 };
  let above: number[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const here: number[] = [];
    for (let j = 0; j < b.length; j += 1) {
      const length = a[i] === b[j] ? (above[j - 1] ?? 0) + 1 : 0;
      here.push(length);
      if (length > best.length) best = { length, a: i - length + 1, b: j - length + 1 };
    }
    above = here;
  }
  if (best.length === 0) return 0;
  return (
    best.length +
    common(a.slice(0, best.a), b.slice(0, best.b)) +
    common(a.slice(best.a + best.length), b.slice(best.b + best.length))
  );
}
