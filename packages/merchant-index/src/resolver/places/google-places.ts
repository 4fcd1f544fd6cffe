import { type Place, SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';

export interface GooglePlacesOptions {
  /** `https://places.googleapis.com`. */
  readonly base_url: string;
  /** null where there is none. `isRefused`: the last one was not taken, whoever caches it has to look again. */
  readonly apiKey: (isRefused: boolean) => Promise<string | null>;
  readonly timeout_ms?: number;
}

/** What is asked for is what is paid for: these are of the "Enterprise" tier, for the number and the website. */
const FIELDS = ['id', 'displayName', 'formattedAddress', 'internationalPhoneNumber', 'websiteUri'];
const TIMEOUT_MS = 4_000;
/** An answer is some 2 KB. */
const ANSWER_BYTES_MAX = 262_144;

const answerSchema = z.object({
  places: z
    .array(
      z.object({
        id: z.string().min(1).max(500),
        displayName: z.object({ text: z.string().min(1).max(500) }),
        formattedAddress: z.string().max(1_000).optional(),
        internationalPhoneNumber: z.string().max(50).optional(),
        websiteUri: z.string().max(2_000).optional(),
      }),
    )
    .default([]),
});

/**
 * Google's Places API (New), text search: the first business that it finds for a telephone number or an address.
 * https://developers.google.com/maps/documentation/places/web-service/text-search
 * Throws what went wrong, in words that hold neither the key nor the question.
 */
export async function searchGooglePlaces(options: GooglePlacesOptions, text: string): Promise<Place | null> {
  const first = await ask(options, text, false);
  if (first !== 'refused') return first;
  const second = await ask(options, text, true);
  if (second === 'refused') throw failed('the key is not taken');
  return second;
}

async function ask(
  { base_url, apiKey, timeout_ms = TIMEOUT_MS }: GooglePlacesOptions,
  text: string,
  isRefused: boolean,
): Promise<Place | null | 'refused'> {
  const key = await apiKey(isRefused);
  if (key === null) throw failed('no key is stored');
  const response = await fetch(new URL('/v1/places:searchText', base_url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-goog-api-key': key,
      'x-goog-fieldmask': FIELDS.map((field) => `places.${field}`).join(','),
    },
    body: JSON.stringify({ textQuery: text, pageSize: 1 }),
    // A key goes to the server it was made for, and to no other.
    redirect: 'error',
    signal: AbortSignal.timeout(timeout_ms),
  });
  if (response.status === 401 || response.status === 403) {
    await response.body?.cancel();
    return 'refused';
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw failed(`it answered ${response.status}`);
  }
  const answer = answerSchema.safeParse(await jsonOf(response));
  if (!answer.success) throw failed('its answer is not of the documented form');
  const [place] = answer.data.places;
  if (place === undefined) return null;
  return {
    place_id: place.id,
    name: place.displayName.text,
    address: place.formattedAddress ?? null,
    phone: place.internationalPhoneNumber ?? null,
    website: place.websiteUri ?? null,
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_BYTES_MAX) throw failed(`its answer is larger than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return null; // no JSON: the schema says so
  }
}

function failed(why: string): SlipstreamError {
  return new SlipstreamError('DIRECTORY_UNAVAILABLE', `The Places API could not be asked: ${why}.`);
}
