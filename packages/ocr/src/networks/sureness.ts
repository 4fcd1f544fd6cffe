import type { Letter } from './ctc.ts';

/** Marks that are the same to whoever reads a date or an amount. */
const SAME_MARKS: readonly string[] = ["'’´`‘", '.,·', '-–—', '*×+'];
/** Lost or not, it says nothing: "27Dec16" is the day that "27Dec'16" is. */
const IDLE_MARKS = "'’´`‘";

/**
 * How likely a letter is what it is taken for: together with those that mean the same (its other case, its accents, a
 * point for a comma), since what is compared and added up later does not tell them apart.
 */
export function surenessOf({ text, probability, others = [] }: Letter): number {
  const own = meaningOf(text);
  const same = others.filter(
    (other) => meaningOf(other.text) === own || (other.text === '' && IDLE_MARKS.includes(text)),
  );
  return Math.min(
    1,
    same.reduce((sum, other) => sum + other.probability, probability),
  );
}

function meaningOf(text: string): string {
  const marks = text === '' ? undefined : SAME_MARKS.find((candidates) => candidates.includes(text));
  return marks?.[0] ?? text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}
