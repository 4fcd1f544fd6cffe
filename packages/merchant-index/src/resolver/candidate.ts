import type { MerchantMatch } from '@slipstream/shared';
import { tellsName } from '@slipstream/shared';
import { KEY_NAMES, type KeyKind } from './merchant-key.ts';
import { type NameAgreement, nameAgreement } from './name-agreement.ts';
import type { NameStatistics } from './name-statistics.ts';
import type { Sighting } from './sighting.ts';

/** A merchant as the resolver knows it. */
export interface KnownMerchant {
  readonly merchant_id: string;
  readonly name: string;
  readonly aliases?: readonly string[] | undefined;
}

/** A merchant that a receipt may be of, with everything that speaks for it and against it. */
export interface Candidate {
  readonly merchant: KnownMerchant;
  /** Of the merchant's names, the one that agrees best. */
  readonly agreement: NameAgreement;
  /** Keys that are the same, sign by sign. */
  readonly exact: readonly KeyKind[];
  /** Keys that differ by no more than OCR damages. */
  readonly similar: readonly KeyKind[];
  /** The receipt has a tax number, and it is not one of the merchant's. */
  readonly is_contradicted: boolean;
  /** See `NearMerchant`; 0 where the index was not asked or knows no such row. */
  readonly support: number;
}

/** What the receipt's head says about the merchant's name. */
export type NameVerdict = 'agrees' | 'unclear' | 'differs';

/** Measured on receipts with 15 % of their characters wrong: 98 in 100 have at least so much of the right name. */
const AGREES_FOUND_MIN = 0.55;
const AGREES_EXPLAINED_MIN = 0.5;
/** Below this hardly a right name is found, however damaged. */
const DIFFERS_FOUND_MAX = 0.4;
const MISSING_MAX = 0.45;

export function nameVerdict(candidate: Candidate): NameVerdict {
  const { found, explained, distinctive } = candidate.agreement;
  if (
    distinctive.length > 0 &&
    found >= AGREES_FOUND_MIN &&
    explained >= AGREES_EXPLAINED_MIN &&
    !lacksWords(candidate)
  )
    return 'agrees';
  return found < DIFFERS_FOUND_MAX || explained < DIFFERS_FOUND_MAX ? 'differs' : 'unclear';
}

/** Sister companies (`X (EAST) LTD`, `X (WEST) LTD`) share all but the word that tells them apart. */
export function lacksWords({ agreement }: Candidate): boolean {
  return agreement.missing > MISSING_MAX;
}

/** One figure for the name, 0 to 1. */
export function nameScore({ agreement: { found, explained } }: Candidate): number {
  return (found + explained) / 2;
}

/** By the name that agrees best: a shop that was renamed goes on printing the old one for a while. */
export function bestAgreement(merchant: KnownMerchant, sighting: Sighting, statistics: NameStatistics): NameAgreement {
  const [first = merchant.name, ...others] = [merchant.name, ...(merchant.aliases ?? [])].filter(tellsName);
  let best = nameAgreement(first, sighting.head, sighting.name, statistics);
  for (const name of others) {
    const other = nameAgreement(name, sighting.head, sighting.name, statistics);
    if (other.found + other.explained > best.found + best.explained) best = other;
  }
  return best;
}

/** What speaks for a candidate, for the person who looks. */
export function evidenceFor(candidate: Candidate, sighting: Sighting): readonly string[] {
  const { exact, similar, support, is_contradicted } = candidate;
  const value = (kind: KeyKind) => sighting.keys.find((key) => key.kind === kind)?.value ?? '';
  return [
    ...exact.map((kind) => `the ${KEY_NAMES[kind]} ${value(kind)} is the same`),
    ...similar.map((kind) => `the ${KEY_NAMES[kind]} ${value(kind)} is nearly the same`),
    nameEvidence(candidate),
    ...(support > 0 ? [`its rows are nearer than those of any other merchant (by ${support.toFixed(2)} in all)`] : []),
    ...(is_contradicted ? [`the tax number ${value('tax_id')} is not the merchant's`] : []),
  ];
}

function nameEvidence(candidate: Candidate): string {
  const { name, aliases = [] } = candidate.merchant;
  if (![name, ...aliases].some(tellsName)) return `"${name}" is no name that tells merchants apart`;
  const { found, explained } = candidate.agreement;
  const share = `${Math.round(found * 100)} % of "${candidate.merchant.name}" is printed, and explains ${Math.round(explained * 100)} % of the name`;
  switch (nameVerdict(candidate)) {
    case 'agrees':
      return `the name agrees: ${share}`;
    case 'unclear':
      return `the name is unclear: ${share}`;
    case 'differs':
      return `the name differs: ${share}`;
  }
}

/** As `merchant_match.candidates` has them. */
export function candidateView(candidate: Candidate, confidence: number): MerchantMatch['candidates'][number] {
  const { merchant_id, name } = candidate.merchant;
  return { merchant_id, name, confidence };
}
