export interface BackoffLimits {
  readonly first_ms: number;
  readonly last_ms: number;
}

/**
 * Doubling from `first_ms` to `last_ms` by the number of failures so far (1: the first), with "equal jitter": between
 * half of it and all of it, so that agents that failed together do not come back together.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
 */
export function backoffMs(failures: number, limits: BackoffLimits, random: () => number): number {
  const doubled = limits.first_ms * 2 ** Math.min(Math.max(failures, 1) - 1, 30);
  const bounded = Math.min(doubled, limits.last_ms);
  return Math.round(bounded / 2 + (bounded / 2) * random());
}
