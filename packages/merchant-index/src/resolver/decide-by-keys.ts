import { type Candidate, nameVerdict } from './candidate.ts';
import { byStanding, type Decision } from './verdict.ts';

/** Assumed, not measured: no reviewed matches exist to measure them on. In the order in which matches were seen to fail. */
const CONFIDENCE = { several_keys: 0.99, one_key: 0.97, keys_without_name: 0.93 } as const;

/**
 * The first tier. A key alone never decides: malls share telephones, food courts addresses, a provider's tax number and
 * a till maker's website stand on everybody's receipts. So a key and the name, or two keys and nothing against them.
 * null: the next tier has to look.
 */
export function decideByKeys(candidates: readonly Candidate[]): Decision | null {
  const sorted = [...candidates].sort(byStanding);
  const named = sorted.filter((candidate) => nameVerdict(candidate) === 'agrees' && isNamedWell(candidate));
  const [best, second] = named;
  if (best !== undefined) {
    // Keys of two merchants whose names both agree: the one with more of them, else a person.
    if (second !== undefined && second.exact.length >= best.exact.length) return { kind: 'unsure', candidates: named };
    const confidence = best.exact.length > 1 ? CONFIDENCE.several_keys : CONFIDENCE.one_key;
    return { kind: 'matched', candidate: best, confidence, others: sorted.filter((other) => other !== best) };
  }
  const several = sorted.filter(({ exact }) => exact.length > 1);
  const [likeliest] = several;
  if (likeliest === undefined) return null;
  if (several.length === 1 && nameVerdict(likeliest) === 'unclear' && !likeliest.is_contradicted) {
    const others = sorted.filter((other) => other !== likeliest);
    return { kind: 'matched', candidate: likeliest, confidence: CONFIDENCE.keys_without_name, others };
  }
  return { kind: 'unsure', candidates: several };
}

/** Of a chain's companies each has a tax number of its own; a branch's telephone can be in the next one's hands. */
const EXPLAINED_MIN = 0.75;

function isNamedWell({ exact, agreement, is_contradicted }: Candidate): boolean {
  if (is_contradicted) return false;
  return exact.includes('tax_id') || exact.length > 1 || agreement.explained >= EXPLAINED_MIN;
}
