import type { Place } from '@slipstream/shared';
import { bestAgreement, type Candidate, type KnownMerchant } from '../candidate.ts';
import { normaliseAddress, normalisePhone, normaliseWebsite } from '../contact-keys.ts';
import { likeness } from '../fuzzy-text.ts';
import type { ResolverPorts } from '../resolver-ports.ts';
import type { Sighting } from '../sighting.ts';
import type { PlaceQuestion } from './place-directory.ts';

export type DirectoryAnswer =
  | {
      readonly kind: 'matched';
      readonly merchant: KnownMerchant;
      readonly confidence: number;
      readonly evidence: readonly string[];
      readonly others: readonly Candidate[];
    }
  /** `name`: what the directory calls it, where the receipt agrees. */
  | { readonly kind: 'unknown'; readonly name: string | null; readonly evidence: readonly string[] };

/** Assumed, as in `decideByKeys`: two sources agree on name and number. */
const CONFIDENCE = 0.93;
/** So much of the directory's name has to be on the receipt: a mall's number finds the mall. */
const FOUND_MIN = 0.6;
/** A text search always finds something; what stands elsewhere is something else. */
const ADDRESS_LIKENESS_MIN = 0.5;

/**
 * The third tier: a directory is asked by telephone number, else by address. What it answers counts only where it has
 * the same number or address, and its name is printed on the receipt; then its number or website may be one that is
 * known here.
 */
export async function askDirectory(sighting: Sighting, ports: ResolverPorts): Promise<DirectoryAnswer> {
  const { findPlace } = ports;
  if (findPlace === null) return { kind: 'unknown', name: null, evidence: [] };
  for (const question of questionsOf(sighting)) {
    const place = await findPlace(question);
    if (place === null || !answers(place, question)) continue;
    const agreement = bestAgreement({ merchant_id: '', name: place.name }, sighting, await ports.statistics());
    if (agreement.found < FOUND_MIN) continue;
    const told = `a directory has "${place.name}" at ${question.text}`;
    const merchant = await knownBy(place, ports);
    if (merchant === null) return { kind: 'unknown', name: place.name, evidence: [told] };
    return {
      kind: 'matched',
      merchant,
      confidence: CONFIDENCE,
      evidence: [told, 'its contacts are known'],
      others: [],
    };
  }
  return { kind: 'unknown', name: null, evidence: [] };
}

function questionsOf({ keys, name, address }: Sighting): readonly PlaceQuestion[] {
  const value = (kind: string) => keys.find((key) => key.kind === kind)?.value;
  const [phone, house] = [value('phone'), value('address')];
  // Without its country a number is somebody's in each country.
  const by_phone = phone?.startsWith('+') ? [{ kind: 'phone' as const, key: phone, text: phone }] : [];
  if (house === undefined || address === null || name === null) return by_phone;
  return [...by_phone, { kind: 'address', key: `${name}\n${house}`, text: `${name}, ${address}` }];
}

function answers(place: Place, { kind, key }: PlaceQuestion): boolean {
  if (kind === 'phone') return place.phone !== null && normalisePhone(place.phone) === key;
  const own = key.split('\n')[1] ?? '';
  const its = place.address === null ? null : normaliseAddress(place.address);
  return its !== null && likeness(own, its) >= ADDRESS_LIKENESS_MIN;
}

async function knownBy({ phone, website }: Place, ports: ResolverPorts): Promise<KnownMerchant | null> {
  const number = phone === null ? null : normalisePhone(phone);
  const site = website === null ? null : normaliseWebsite(website);
  const by_phone = number === null ? null : await ports.ownerOf({ kind: 'phone', value: number });
  return by_phone ?? (site === null ? null : ports.ownerOf({ kind: 'website', value: site }));
}
