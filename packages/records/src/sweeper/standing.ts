import { pages } from '@slipstream/runtime';
import { type Clock, type Page, SlipstreamError } from '@slipstream/shared';
import type { InstantRange } from '../repositories/instant-range.ts';
import type { SweepLimits, SweepTally } from './sweep.ts';

/**
 * Page by page: what backs off stands at the front of the index and must not hide what is behind it. What is dated in the
 * future was written before the clock was set back: it is due, or it would wait until that time comes again.
 */
export async function* standing<S>(
  { clock }: { readonly clock: Clock },
  limits: SweepLimits,
  readPage: (times: InstantRange, cursor: string | null) => Promise<Page<S>>,
): AsyncGenerator<S> {
  const now = clock.now();
  const ranges: readonly InstantRange[] = [
    { before: new Date(now - limits.stalledAfterMs).toISOString() },
    { after: new Date(now + limits.stalledAfterMs).toISOString() },
  ];
  for (const times of ranges) {
    let seen = 0;
    for await (const { items } of pages((cursor) => readPage(times, cursor))) {
      yield* items;
      seen += items.length;
      if (seen >= limits.recordsMax) break;
    }
  }
}

/** Whether a state stands since `since` for longer than its pause, which doubles with each sending. */
export function isDue(
  clock: Clock,
  limits: SweepLimits,
  { updated_at, sweeps }: { readonly updated_at: string; readonly sweeps: number },
): boolean {
  const standsForMs = clock.now() - Date.parse(updated_at);
  return standsForMs >= limits.stalledAfterMs * 2 ** sweeps || isInFuture(clock, limits, updated_at);
}

/** Further ahead than clocks of several machines differ. */
export function isInFuture(clock: Clock, limits: SweepLimits, at: string): boolean {
  return Date.parse(at) > clock.now() + limits.stalledAfterMs;
}

/**
 * One record's permanent fault (it is damaged) is counted and holds up no other; an outage ends the sweep. Several parts
 * of a sweep meet the same record: it is counted once.
 */
export async function sweepOne(tally: SweepTally, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const fault = SlipstreamError.from(thrown);
    if (fault.retry !== 'never') throw thrown;
    const { pk, sk } = fault.details;
    const record = pk === undefined ? fault.message : `${pk} / ${sk}`;
    if (tally.faulty.has(record)) return;
    tally.faulty.add(record);
    tally.skipped += 1;
  }
}
