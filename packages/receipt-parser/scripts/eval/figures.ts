/** What was read of one field of one receipt, and whether a person read the same. */
export interface Judged {
  readonly read: string | null;
  readonly confidence: number;
  readonly right: boolean;
}

export interface EntityFigures {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  /** Largest share of receipts, from the surest down, of which 99 % are right. */
  readonly coverage_at_99: number;
  /** Mean distance between confidence and share right, over ten bins, weighted by their size. */
  readonly calibration_error: number;
  readonly bins: readonly Bin[];
}

/** Readings whose confidence lies in `[from, to)`. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number;
  readonly right: number;
}

const BINS = 10;
const COVERAGE_PRECISION = 0.99;

export function figuresOf(judgements: readonly Judged[]): EntityFigures {
  const read = judgements.filter((judgement) => judgement.read !== null);
  const right = judgements.filter((judgement) => judgement.right).length;
  const bins = binsOf(read);
  return {
    f1: judgements.length + read.length === 0 ? 0 : (2 * right) / (judgements.length + read.length),
    precision: read.length === 0 ? 0 : right / read.length,
    recall: judgements.length === 0 ? 0 : right / judgements.length,
    coverage_at_99: coverage(judgements),
    calibration_error: bins.reduce(
      (sum, bin) => sum + (bin.count / Math.max(read.length, 1)) * Math.abs(bin.confidence - bin.right),
      0,
    ),
    bins,
  };
}

function binsOf(read: readonly Judged[]): Bin[] {
  return Array.from({ length: BINS }, (_, i) => {
    const [from, to] = [i / BINS, (i + 1) / BINS];
    const inside = read.filter(({ confidence }) => confidence >= from && (confidence < to || i === BINS - 1));
    const mean = (of: (judgement: Judged) => number): number =>
      inside.length === 0 ? 0 : inside.reduce((sum, judgement) => sum + of(judgement), 0) / inside.length;
    return {
      from,
      to,
      count: inside.length,
      confidence: mean(({ confidence }) => confidence),
      right: mean((judgement) => Number(judgement.right)),
    };
  }).filter(({ count }) => count > 0);
}

/** Equal confidences are accepted together or not at all. */
function coverage(judgements: readonly Judged[]): number {
  const ranked = judgements.filter(({ read }) => read !== null).sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let accepted = 0;
  for (const [i, judgement] of ranked.entries()) {
    right += Number(judgement.right);
    const tie_ends = ranked[i + 1]?.confidence !== judgement.confidence;
    if (tie_ends && right / (i + 1) >= COVERAGE_PRECISION) accepted = i + 1;
  }
  return judgements.length === 0 ? 0 : accepted / judgements.length;
}
