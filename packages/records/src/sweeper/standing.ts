import type { Clock, Page } from '@slipstream/shared';
import type { SweepLimits } from './sweep.ts';

/** Page by page: what backs off stands at the front of the index and must not hide what is behind it. */
export async function* standing<S>(
  limits: SweepLimits,
  readPage: (cursor: string | null) => Promise<Page<S>>,
): AsyncGenerator<S> {
  let cursor: string | null = null;
  let seen = 0;
  do {
    const page: Page<S> = await readPage(cursor);
    yield* page.items;
    seen += page.items.length;
    cursor = page.cursor;
  } while (cursor !== null && seen < limits.recordsMax);
}

/** What changed after this instant cannot be stalled yet. */
export function stalledBefore({ clock }: { readonly clock: Clock }, limits: SweepLimits): string {
  return new Date(clock.now() - limits.stalledAfterMs).toISOString();
}

export function standsLongerThan(clock: Clock, since: string, ms: number): boolean {
  return Date.parse(since) + ms <= clock.now();
}
