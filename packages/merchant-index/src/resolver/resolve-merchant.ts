import { merchantIdOfKey, merchantIdOfReceipt } from '@slipstream/shared';
import {
  bestAgreement,
  type Candidate,
  candidateView,
  evidenceFor,
  type KnownMerchant,
  nameScore,
} from './candidate.ts';
import { decideByKeys } from './decide-by-keys.ts';
import { decideByRows } from './decide-by-rows.ts';
import { fieldAgreement, isVariant, KEYS_COMPARED_MAX } from './field-agreement.ts';
import { KEY_NAMES, type MerchantKey } from './merchant-key.ts';
import { nearestMerchants } from './nearest-merchants.ts';
import { askDirectory } from './places/ask-directory.ts';
import type { Resolution, Tier } from './resolution.ts';
import type { ResolverPorts } from './resolver-ports.ts';
import type { Sighting } from './sighting.ts';
import { byStanding, type Decision } from './verdict.ts';

/** Rows that are looked up, from the first: name, address and numbers stand there. */
const ROWS_ASKED_MAX = 12;
/** Nearest rows of each: several merchants, also where one of them has many receipts. */
const HITS_PER_ROW = 24;
/** Candidates whose keys are compared one by one. */
const COMPARED_MAX = 4;
const CANDIDATES_SHOWN_MAX = 5;
/** From here on a match is sure enough that the receipt's other keys become the merchant's. */
const LEARNING_CONFIDENCE_MIN = 0.93;

/**
 * Whom a receipt is from. Tier by tier, the first that is sure ends it:
 *
 *   keys ──► nearest rows ──► directory ──► a new merchant
 *     └─────────┴──► UNSURE, where somebody may be it: no merchant is made, a person decides
 *
 * Reads only; the caller writes what the resolution says, on condition that its keys are still nobody's.
 */
export async function resolveMerchant(sighting: Sighting, ports: ResolverPorts): Promise<Resolution> {
  const owned = await ownersOf(sighting, ports);
  const by_keys = decideByKeys(owned.candidates);
  if (by_keys !== null) return resolved('keys', by_keys, sighting, owned.free, ports);
  const near = await nearCandidates(sighting, owned.candidates, ports);
  const by_rows = decideByRows(near);
  if (by_rows.kind !== 'unknown') return resolved('rows', by_rows, sighting, owned.free, ports);
  const directory = await askDirectory(sighting, ports);
  if (directory.kind === 'matched') return matched('places', directory, owned.free, ports);
  return created(directory.name, directory.evidence, by_rows.others, sighting, owned.free, ports);
}

interface Owners {
  readonly candidates: readonly Candidate[];
  /** Keys that are nobody's. */
  readonly free: readonly MerchantKey[];
}

async function ownersOf(sighting: Sighting, ports: ResolverPorts): Promise<Owners> {
  const owners = await Promise.all(sighting.keys.map((key) => ports.ownerOf(key)));
  const free = sighting.keys.filter((_, i) => owners[i] === null);
  const merchants = new Map(owners.filter((owner) => owner !== null).map((owner) => [owner.merchant_id, owner]));
  if (merchants.size === 0) return { candidates: [], free };
  const statistics = await ports.statistics();
  const candidates = [...merchants.values()].map(async (merchant): Promise<Candidate> => {
    const exact = sighting.keys
      .filter((_, i) => owners[i]?.merchant_id === merchant.merchant_id)
      .map(({ kind }) => kind);
    // A tax number of its own can speak against the other keys; else there is nothing to compare.
    const is_open = sighting.keys.some(({ kind }) => kind === 'tax_id') && !exact.includes('tax_id');
    const known = is_open ? await ports.keysOf(merchant.merchant_id, KEYS_COMPARED_MAX) : [];
    const agreement = bestAgreement(merchant, sighting, statistics);
    return { merchant, agreement, exact, support: 0, ...fieldAgreement(sighting.keys, known, exact) };
  });
  return { candidates: await Promise.all(candidates), free };
}

/** The owners of its keys, and the merchants whose receipts have the nearest rows, each with all that is known of it. */
async function nearCandidates(
  sighting: Sighting,
  owners: readonly Candidate[],
  ports: ResolverPorts,
): Promise<readonly Candidate[]> {
  const hits = await ports.nearestRows?.(ROWS_ASKED_MAX, HITS_PER_ROW);
  const near = hits === undefined ? [] : nearestMerchants(hits, sighting);
  const statistics = await ports.statistics();
  const supports = new Map<string, number>();
  const first = [...owners.map(({ merchant }) => merchant), ...ports.recent];
  const merchants = new Map<string, KnownMerchant>(first.map((merchant) => [merchant.merchant_id, merchant]));
  const found = await Promise.all(near.map(({ merchant_id }) => ports.find(merchant_id)));
  for (const [i, merchant] of found.entries()) {
    if (merchant === null) continue;
    merchants.set(merchant.merchant_id, merchant);
    // Rows of a merchant that was merged speak for the one that it is now.
    supports.set(merchant.merchant_id, (supports.get(merchant.merchant_id) ?? 0) + (near[i]?.support ?? 0));
  }
  const candidates = [...merchants.values()].map((merchant): Candidate => {
    const owner = owners.find((candidate) => candidate.merchant.merchant_id === merchant.merchant_id);
    return {
      merchant,
      agreement: owner?.agreement ?? bestAgreement(merchant, sighting, statistics),
      exact: owner?.exact ?? [],
      similar: [],
      is_contradicted: false,
      support: supports.get(merchant.merchant_id) ?? 0,
    };
  });
  const [...sorted] = candidates.sort(byStanding);
  const compared = await Promise.all(
    sorted.slice(0, COMPARED_MAX).map(async (candidate): Promise<Candidate> => {
      const known = await ports.keysOf(candidate.merchant.merchant_id, KEYS_COMPARED_MAX);
      return { ...candidate, ...fieldAgreement(sighting.keys, known, candidate.exact) };
    }),
  );
  return [...compared, ...sorted.slice(COMPARED_MAX)];
}

async function resolved(
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

async function matched(
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

async function created(
  known_name: string | null,
  told: readonly string[],
  others: readonly Candidate[],
  sighting: Sighting,
  free: readonly MerchantKey[],
  ports: ResolverPorts,
): Promise<Resolution> {
  const name = known_name ?? sighting.name?.slice(0, NAME_LENGTH_MAX).trim() ?? '';
  const evidence = [...told, ...heldByOthers(others, sighting)];
  if (name === '') {
    evidence.push('no name was read, so no merchant was made');
    return { ...unsure('none', others.slice(0, 1), sighting), match: noName(evidence, others) };
  }
  const [strongest] = free;
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
  return { match, merchant, is_created: earlier === null, taken: free };
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
