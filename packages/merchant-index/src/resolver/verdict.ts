import { type Candidate, nameScore } from './candidate.ts';

/** What a tier came to. */
export type Verdict = Decision | Unknown;

export type Decision =
  | { readonly kind: 'matched'; readonly candidate: Candidate; readonly confidence: number; readonly others: Others }
  /** Somebody has to look; the likeliest first. */
  | { readonly kind: 'unsure'; readonly candidates: Others };

/** Nobody known; `others` were looked at and are not it. */
interface Unknown {
  readonly kind: 'unknown';
  readonly others: Others;
}

type Others = readonly Candidate[];

/** How well a candidate stands against the others: name first, then what else agrees. */
export function standing(candidate: Candidate): number {
  const { exact, similar, support } = candidate;
  return nameScore(candidate) + 0.3 * exact.length + 0.2 * similar.length + 0.3 * Math.min(1, support);
}

export function byStanding(a: Candidate, b: Candidate): number {
  return standing(b) - standing(a) || (a.merchant.merchant_id < b.merchant.merchant_id ? -1 : 1);
}
