import { bestAgreement, type Candidate, type KnownMerchant } from '../candidate.ts';
import { normalisePhone, normaliseWebsite } from '../contact-keys.ts';
import { KEY_NAMES } from '../merchant-key.ts';
import type { ResolverPorts } from '../resolver-ports.ts';
import type { Sighting } from '../sighting.ts';
import type { Place } from './place.ts';

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

/**
 * The third tier: a directory is asked by telephone number, else by address. What it answers counts only where its
 * name is printed on the receipt; then its number or website may be one that is known here.
 */
export async function askDirectory(sighting: Sighting, ports: ResolverPorts): Promise<DirectoryAnswer> {
  const { findPlace } = ports;
  if (findPlace === null) return { kind: 'unknown', name: null, evidence: [] };
  for (const kind of ['phone', 'address'] as const) {
    const key = sighting.keys.find((own) => own.kind === kind);
    const place = key === undefined ? null : await findPlace(key);
    if (key === undefined || place === null) continue;
    const statistics = await ports.statistics();
    const agreement = bestAgreement({ merchant_id: '', name: place.name }, sighting, statistics);
    if (agreement.found < FOUND_MIN) continue;
    const told = `a directory has "${place.name}" under the ${KEY_NAMES[kind]} ${key.value}`;
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

async function knownBy({ phone, website }: Place, ports: ResolverPorts): Promise<KnownMerchant | null> {
  const number = phone === null ? null : normalisePhone(phone);
  const site = website === null ? null : normaliseWebsite(website);
  const by_phone = number === null ? null : await ports.ownerOf({ kind: 'phone', value: number });
  return by_phone ?? (site === null ? null : ports.ownerOf({ kind: 'website', value: site }));
}
