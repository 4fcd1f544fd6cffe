import { created, matched, resolved } from './answers.ts';
import { bestAgreement, type Candidate, type KnownMerchant } from './candidate.ts';
import { decideByKeys } from './decide-by-keys.ts';
import { decideByRows, isWorthAsking } from './decide-by-rows.ts';
import { fieldAgreement, KEYS_COMPARED_MAX } from './field-agreement.ts';
import type { MerchantKey } from './merchant-key.ts';
import { nameKeyOf } from './name-key.ts';
import { nearestMerchants } from './nearest-merchants.ts';
import { askDirectory } from './places/ask-directory.ts';
import type { Resolution } from './resolution.ts';
import type { ResolverPorts, SearchHits } from './resolver-ports.ts';
import type { Sighting } from './sighting.ts';
import { byStanding, type Decision, type Verdict } from './verdict.ts';

/** Rows that are looked up, from the first: name, address and numbers stand there. The second half only if it can help. */
const ROWS_ASKED_FIRST = 6;
const ROWS_ASKED_MAX = 12;
/** Nearest rows of each: several merchants, also where one of them has many receipts. */
const HITS_PER_ROW = 24;
/** Candidates whose keys are compared one by one. */
const COMPARED_MAX = 4;

/**
 * Whom a receipt is from. Tier by tier, the first that is sure ends it:
 *
 *   keys (without any: its name) ──► nearest rows ──► directory ──► a new merchant
 *     └────────────────────────────────┴──► UNSURE, where somebody may be it: no merchant is made, a person decides
 *
 * Reads only; the caller writes what the resolution says, on condition that its keys are still nobody's.
 */
export async function resolveMerchant(sighting: Sighting, ports: ResolverPorts): Promise<Resolution> {
  const owned = await ownersOf(sighting, ports);
  const by_keys = decideByKeys(owned.candidates);
  if (by_keys !== null) return resolved('keys', by_keys, sighting, owned.free, ports);
  const by_name = await decideByName(sighting, ports);
  if (by_name !== null) return resolved('name', by_name, sighting, owned.free, ports);
  const by_rows = await decideByNearest(sighting, owned.candidates, ports);
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

/**
 * A receipt with nothing but a name, and a merchant that is known by just that: the index could only say the same, at
 * the cost of a search. null: it has to be asked.
 */
async function decideByName(sighting: Sighting, ports: ResolverPorts): Promise<Decision | null> {
  const key = nameKeyOf(sighting);
  const owner = key && (await ports.ownerOf(key));
  if (!owner) return null;
  const known: ResolverPorts = { ...ports, recent: [owner, ...ports.recent] };
  const verdict = decideByRows(await candidatesOf(sighting, [], [], known));
  return verdict.kind === 'matched' && verdict.candidate.merchant.merchant_id === owner.merchant_id ? verdict : null;
}

/** Each row that is asked for costs the index a search; most receipts are told, or told to be strangers, by the first. */
async function decideByNearest(
  sighting: Sighting,
  owners: readonly Candidate[],
  ports: ResolverPorts,
): Promise<Verdict> {
  const { nearestRows } = ports;
  const first = (await nearestRows?.(0, ROWS_ASKED_FIRST, HITS_PER_ROW)) ?? [];
  const candidates = await candidatesOf(sighting, owners, first, ports);
  const verdict = decideByRows(candidates);
  if (nearestRows === null || verdict.kind === 'matched' || !candidates.some(isWorthAsking)) return verdict;
  const more = await nearestRows(ROWS_ASKED_FIRST, ROWS_ASKED_MAX, HITS_PER_ROW);
  return decideByRows(await candidatesOf(sighting, owners, [...first, ...more], ports));
}

/** The owners of its keys, and the merchants whose receipts have the nearest rows, each with all that is known of it. */
async function candidatesOf(
  sighting: Sighting,
  owners: readonly Candidate[],
  hits: SearchHits,
  ports: ResolverPorts,
): Promise<readonly Candidate[]> {
  const near = nearestMerchants(hits, sighting);
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
