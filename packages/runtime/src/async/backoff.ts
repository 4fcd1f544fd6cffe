export interface BackoffLimits {
  /** After the first failure, before jitter. */
  readonly firstMs: number;
  /** Never longer than this. */
  readonly lastMs: number;
  /**
   * How the wait is spread, so that those that failed together do not come back together. `equal` (when left out):
   * between half of it and all of it. `full`: between nothing and all of it. `none`: where only one waits.
   */
  readonly jitter?: 'equal' | 'full' | 'none';
}

/**
 * The pause after so many failures in a row (1: the first), in ms: doubles from `firstMs` to `lastMs`. `random` gives
 * numbers from 0 to below 1.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
 */
export function backoffMs(failures: number, limits: BackoffLimits, random: () => number = Math.random): number {
  const { firstMs, lastMs, jitter = 'equal' } = limits;
  const doubledMs = firstMs * 2 ** Math.min(Math.max(failures, 1) - 1, DOUBLINGS_MAX);
  const boundedMs = Math.min(doubledMs, lastMs);
  const spreadMs = boundedMs * SPREAD[jitter];
  return Math.round(boundedMs - spreadMs + spreadMs * random());
}

/** The part of a pause that is left to chance. */
const SPREAD = { none: 0, equal: 0.5, full: 1 } as const;

/** So that the product stays a number, however long it goes on. */
const DOUBLINGS_MAX = 30;
