/** Candidates of which one is right, with the chance that a ranker gives each; the likeliest first. */
export interface Ranked<T> {
  readonly candidate: T;
  /** Softmax over the scores of all the candidates: 0 to 1, together 1. */
  readonly share: number;
}

export function rankedByScore<T>(candidates: readonly T[], scores: readonly number[]): Ranked<T>[] {
  const highest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - highest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return candidates
    .map((candidate, i) => ({ candidate, share: (weights[i] ?? 0) / sum }))
    .sort((a, b) => b.share - a.share);
}
