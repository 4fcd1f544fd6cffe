import type { Budgets, PlaceLookups } from '@slipstream/records';
import type { Logger } from '@slipstream/runtime';
import type { Clock, Place } from '@slipstream/shared';

/** A question to the directory: the same `key` has the same answer. */
export interface PlaceQuestion {
  readonly kind: 'phone' | 'address';
  /** Normalised. */
  readonly key: string;
  /** As a person would type it. */
  readonly text: string;
}

/** null: it knows nobody, or cannot be asked now. Never rejects: a receipt is read without it too. */
export type FindPlace = (question: PlaceQuestion) => Promise<Place | null>;

export interface PlaceDirectoryOptions {
  readonly search: (text: string) => Promise<Place | null>;
  readonly lookups: Pick<PlaceLookups, 'get' | 'keep'>;
  readonly budgets: Pick<Budgets, 'spend'>;
  readonly calls_per_day: number;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}

export const PLACES_BUDGET = 'places_calls';
/** After a failure nobody is kept waiting for the next one. */
const PAUSE_MS = 60_000;

/** A directory of businesses, asked once a month about the same, and no oftener a day than its budget allows. */
export function createPlaceDirectory(options: PlaceDirectoryOptions): FindPlace {
  const { search, lookups, budgets, calls_per_day, clock, logger } = options;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  return async ({ kind, key, text }) => {
    const known = await lookups.get(kind, key);
    if (known !== null) return known.place;
    if (clock.monotonic() < pausedUntil) return null;
    const spent = await budgets.spend([{ name: PLACES_BUDGET, amount: 1, limit: calls_per_day }]);
    if (spent.kind !== 'spent') return null;
    try {
      const place = await search(text);
      await lookups.keep(kind, key, place);
      return place;
    } catch (error) {
      pausedUntil = clock.monotonic() + PAUSE_MS;
      logger.warn({ error }, 'the directory of businesses could not be asked');
      return null;
    }
  };
}
