import type { Budgets, PlaceLookups } from '@slipstream/records';
import { type Logger, requireSetting, type Settings } from '@slipstream/runtime';
import type { Clock } from '@slipstream/shared';
import { type GooglePlacesOptions, searchGooglePlaces } from './google-places.ts';
import { createPlaceDirectory, type FindPlace } from './place-directory.ts';

export const PLACES_SETTINGS = ['places_base_url', 'places_calls_per_day'] as const;

/** A deploy has a place for the key, whether or not one is stored there; so often it is looked for. */
const KEYLESS_MS = 300_000;

/** The directory that the settings describe, for whoever has a key to it. */
export function openPlaces(
  settings: Pick<Settings, (typeof PLACES_SETTINGS)[number]>,
  ports: {
    readonly apiKey: GooglePlacesOptions['apiKey'];
    readonly budgets: Budgets;
    readonly lookups: PlaceLookups;
    readonly clock: Clock;
    readonly logger: Logger;
  },
): FindPlace {
  const { apiKey, clock } = ports;
  const base_url = requireSetting('places_base_url', settings.places_base_url);
  const find = createPlaceDirectory({
    ...ports,
    calls_per_day: settings.places_calls_per_day,
    search: (text) => searchGooglePlaces({ base_url, apiKey }, text),
  });
  let keylessUntil = Number.NEGATIVE_INFINITY;
  return async (question) => {
    if (clock.monotonic() < keylessUntil) return null;
    if ((await apiKey(false)) !== null) return find(question);
    keylessUntil = clock.monotonic() + KEYLESS_MS;
    return null;
  };
}
