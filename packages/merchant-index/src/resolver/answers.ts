import { merchantIdOfKey, merchantIdOfReceipt, tellsName } from '@slipstream/shared';
import { type Candidate, candidateView, evidenceFor, type KnownMerchant, nameScore } from './candidate.ts';
import { isVariant, KEYS_COMPARED_MAX } from './field-agreement.ts';
import { type ExactKey, KEY_NAMES, type MerchantKey } from './merchant-key.ts';
import { nameKeyOf } from './name-key.ts';
import type { Resolution, Tier } from './resolution.ts';
import type { ResolverPorts } from './resolver-ports.ts';
import type { Sighting } from './sighting.ts';
import type { Decision } from './verdict.ts';

const CANDIDATES_SHOWN_MAX = 5;
/** From here on a match is sure enough that the receipt's other keys become the merchant's. */
const LEARNING_CONFIDENCE_MIN = 0.93;

/** A tier's decision as a resolution. `free`: the receipt's keys that are nobody's. */
export async function resolved(
  tier: Tier,
  verdict: Decision,
  sighting: Sighting,
  free: readonly MerchantKey[],
  ports: ResolverPorts,
): Promise<Resolution> {
  if (verdict.kind === 'unsure') return unsure(tier, verdict.candidates, sighting);
  const { candidate, confidence, others } = verdict;
  const evidence = evidenceFor(candidate, sighting);
  return matched(tier, { merchant: candidate.merchant, confidence, evidence, others }, free, ports);
}

interface Match {
  readonly merchant: KnownMerchant;
  readonly confidence: number;
  readonly evidence: readonly string[];
  readonly others: readonly Candidate[];
}

/** One of the merchants that are known. */
export async function matched(
  tier: Tier,
  { merchant, confidence, evidence, others }: Match,
  free: readonly MerchantKey[],
  ports: ResolverPorts,
): Promise<Resolution> {
  const { merchant_id, name } = merchant;
  const candidates = shown(others.filter((other) => nameScore(other) > 0));
  const match = {
    status: 'MATCHED' as const,
    merchant_id,
    name,
    tier,
    confidence,
    evidence: [...evidence],
    candidates,
  };
  const taken = confidence < LEARNING_CONFIDENCE_MIN ? [] : await learnt(merchant, free, ports);
  return { match, merchant, is_created: false, taken };
}

/** Keys that are new, and none of the merchant's own misread: a branch's address, another number. */
async function learnt(
  merchant: KnownMerchant,
  free: readonly MerchantKey[],
  ports: ResolverPorts,
): Promise<readonly MerchantKey[]> {
  if (free.length === 0) return [];
  const known = await ports.keysOf(merchant.merchant_id, KEYS_COMPARED_MAX);
  return known.length >= KEYS_COMPARED_MAX ? [] : free.filter((key) => !isVariant(key, known));
}

function unsure(tier: Tier, candidates: readonly Candidate[], sighting: Sighting): Resolution {
  const [likeliest] = candidates;
  const evidence = likeliest === undefined ? [] : evidenceFor(likeliest, sighting);
  return {
    match: {
      status: 'UNSURE',
      merchant_id: null,
      name: null,
      tier,
      confidence: 0.5,
      evidence: [...evidence],
      candidates: shown(candidates),
    },
    merchant: null,
    is_created: false,
    taken: [],
  };
}

/** Longest name that a header gives; more is rows run together. */
const NAME_LENGTH_MAX = 200;

/** Nobody who is known: a new merchant, of the directory's name or the header's. */
export async function created(
  known_name: string | null,
  told: readonly string[],
  others: readonly Candidate[],
  sighting: Sighting,
  free: readonly MerchantKey[],
  ports: ResolverPorts,
): Promise<Resolution> {
  const read = sighting.name?.slice(0, NAME_LENGTH_MAX).trim() ?? '';
  const name = known_name ?? (tellsName(read) ? read : '');
  const evidence = [...told, ...heldByOthers(others, sighting)];
  if (name === '') {
    const what = read === '' ? 'no name was read' : `"${read}" is no name that tells merchants apart`;
    evidence.push(`${what}, so no merchant was made`);
    return { ...unsure('none', others.slice(0, 1), sighting), match: noName(evidence, others) };
  }
  const taken = free.length > 0 ? free : await freeNameKey(sighting, ports);
  const [strongest] = taken;
  const merchant_id =
    strongest === undefined
      ? merchantIdOfReceipt(sighting.image_id, sighting.receipt_id)
      : merchantIdOfKey(strongest.kind, strongest.value);
  // Its receipt was read before, or the key was given up by a merge: the merchant is there already.
  const earlier = await ports.find(merchant_id);
  const merchant = earlier ?? { merchant_id, name };
  evidence.push('no merchant that is known has these keys or this name');
  const match = {
    status: 'NEW' as const,
    merchant_id: merchant.merchant_id,
    name: merchant.name,
    tier: (known_name === null ? 'header' : 'places') satisfies Tier,
    confidence: Math.max(0, 1 - Math.max(0, ...others.map(nameScore))),
    evidence,
    candidates: shown(others.filter((other) => nameScore(other) > 0)),
  };
  return { match, merchant, is_created: earlier === null, taken };
}

/** Its name, where that is all it is known by and nobody else's. */
async function freeNameKey(sighting: Sighting, ports: ResolverPorts): Promise<readonly ExactKey[]> {
  const key = nameKeyOf(sighting);
  return key === null || (await ports.ownerOf(key)) !== null ? [] : [key];
}

function noName(evidence: readonly string[], others: readonly Candidate[]): Resolution['match'] {
  return {
    status: 'UNSURE',
    merchant_id: null,
    name: null,
    tier: 'none',
    confidence: 0,
    evidence: [...evidence],
    candidates: shown(others),
  };
}

function heldByOthers(others: readonly Candidate[], sighting: Sighting): readonly string[] {
  return others.flatMap(({ merchant, exact }) =>
    exact.map((kind) => {
      const value = sighting.keys.find((key) => key.kind === kind)?.value ?? '';
      return `the ${KEY_NAMES[kind]} ${value} is also that of "${merchant.name}", whose name is not on the receipt`;
    }),
  );
}

function shown(candidates: readonly Candidate[]): Resolution['match']['candidates'] {
  return candidates
    .slice(0, CANDIDATES_SHOWN_MAX)
    .map((candidate) => candidateView(candidate, Number(nameScore(candidate).toFixed(2))));
}
