import { type Candidate, lacksWords, nameScore, nameVerdict } from './candidate.ts';
import { byStanding, standing, type Verdict } from './verdict.ts';

/** A name that is printed like this needs nothing beside it. */
const NAME_ALONE = { score: 0.8, found: 0.72, explained: 0.72 } as const;
/** Rows (an address, a slogan, a registration number) that are nearer by so much in all are a second field. */
const SUPPORT_MIN = 0.4;
/** So near that a name of which most is there need not be explained: its row may be run together with another. */
const STRONG_SUPPORT = { support: 1, found: 0.7 } as const;
/** Candidates that stand nearer together than this cannot be told apart. */
const MARGIN = 0.1;
/** From here on somebody should look before another merchant is made. */
const POSSIBLE_SCORE = 0.55;
const POSSIBLE_SUPPORT = 1;
/** Another tax number is another company, like the companies of one chain; only where the name is the very same, it may be misread. */
const SAME_NAME_SCORE = 0.95;

/**
 * The second tier: merchants whose receipts have the nearest rows. Nearness alone never decides: the merchant's name
 * has to be on the receipt with a distinctive word, and unless it is all there, a second field has to agree.
 */
export function decideByRows(candidates: readonly Candidate[]): Verdict {
  const sorted = [...candidates].sort(byStanding);
  const possible = sorted.filter(isPossible);
  const [best, second] = possible;
  if (best === undefined) return { kind: 'unknown', others: sorted };
  const isClear = second === undefined || standing(best) - standing(second) >= MARGIN;
  if (!isClear || !isMatch(best)) return { kind: 'unsure', candidates: possible };
  const others = sorted.filter((other) => other !== best);
  return { kind: 'matched', candidate: best, confidence: confidenceOf(best), others };
}

/** Whether more rows could make something of this candidate. */
export function isWorthAsking(candidate: Candidate): boolean {
  return candidate.support >= WORTH_SUPPORT || nameScore(candidate) >= WORTH_SCORE || candidate.exact.length > 0;
}

const WORTH_SUPPORT = 0.2;
const WORTH_SCORE = 0.35;

function isMatch(candidate: Candidate): boolean {
  if (candidate.is_contradicted) return false;
  const { found, explained, distinctive } = candidate.agreement;
  const fields = candidate.exact.length + candidate.similar.length;
  if (distinctive.length > 0 && nameScore(candidate) >= NAME_ALONE.score) {
    if (found >= NAME_ALONE.found && explained >= NAME_ALONE.explained) return true;
  }
  switch (nameVerdict(candidate)) {
    case 'agrees':
      return fields > 0 || candidate.support >= SUPPORT_MIN;
    case 'unclear': {
      const isStrong = candidate.support >= STRONG_SUPPORT.support && found >= STRONG_SUPPORT.found;
      const isNear = isStrong ? distinctive.length > 0 : fields > 0 && candidate.support >= SUPPORT_MIN;
      return fields > 1 || (isNear && !lacksWords(candidate));
    }
    case 'differs':
      return false;
  }
}

function isPossible(candidate: Candidate): boolean {
  const { exact, similar, support, agreement } = candidate;
  if (candidate.is_contradicted && nameScore(candidate) < SAME_NAME_SCORE) return false;
  if (exact.length + similar.length > 1) return true;
  if (nameVerdict(candidate) === 'differs') return support >= POSSIBLE_SUPPORT && agreement.distinctive.length > 0;
  if (exact.length + similar.length > 0) return true;
  return agreement.distinctive.length > 0 && nameScore(candidate) >= POSSIBLE_SCORE;
}

/** Assumed, as `decideByKeys` says; a little surer with each thing that agrees. */
function confidenceOf(candidate: Candidate): number {
  const fields = candidate.exact.length + candidate.similar.length + (candidate.support >= SUPPORT_MIN ? 1 : 0);
  return Math.min(0.96, 0.6 + 0.25 * nameScore(candidate) + 0.05 * fields);
}
