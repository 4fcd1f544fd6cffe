import {
  type Budgets,
  type Clock,
  type Logger,
  type PlaceLookups,
  requireSetting,
  type Settings,
} from '@slipstream/shared';
import { type GooglePlacesOptions, searchGooglePlaces } from './google-places.ts';
import { createPlaceDirectory, type FindPlace } from './place-directory.ts';

export const PLACES_SETTINGS = ['places_base_url', 'places_calls_per_day'] as const;

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
  const base_url = requireSetting('places_base_url', settings.places_base_url);
  return createPlaceDirectory({
    ...ports,
    calls_per_day: settings.places_calls_per_day,
    search: (text) => searchGooglePlaces({ base_url, apiKey: ports.apiKey }, text),
  });
}
