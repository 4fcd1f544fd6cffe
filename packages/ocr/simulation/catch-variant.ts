import type { BrokenVariant } from './broken-variants.ts';
import { simulate } from './simulate.ts';

/** Seeds until a broken variant has to be caught; the shyest needs about 80. */
const CAUGHT_WITHIN = 400;

export interface Catch {
  /** null: it was not caught. */
  readonly caught_by: number | null;
  readonly violation: string | null;
}

/** Runs a broken variant until a seed finds it out. */
export async function catchVariant(variant: BrokenVariant): Promise<Catch> {
  for (let seed = 1; seed <= CAUGHT_WITHIN; seed += 1) {
    const { violations } = await simulate(seed, variant);
    if (violations[0] !== undefined) return { caught_by: seed, violation: violations[0] };
  }
  return { caught_by: null, violation: null };
}
