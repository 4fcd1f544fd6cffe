import { BoostedTrees } from '../../src/ranker/boosted-trees.ts';
import { rankedByScore } from '../../src/ranker/ranked.ts';
import { type BoostOptions, boost, type Group } from './boost.ts';

const FOLDS = 4;

export interface FoldFigures {
  /** First word of the groups' ids. */
  readonly source: string;
  readonly receipts: number;
  readonly right: number;
}

/** How often the ranker is right on receipts that it was not trained on, by source; every receipt is left out once. */
export function crossValidated(
  groups: readonly Group[],
  features: readonly string[],
  options: BoostOptions,
): FoldFigures[] {
  const figures = new Map<string, { receipts: number; right: number }>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const trees = new BoostedTrees(
      boost(
        groups.filter((_, i) => i % FOLDS !== fold),
        features,
        options,
      ),
      features,
    );
    for (const { id, inputs, right } of groups.filter((_, i) => i % FOLDS === fold)) {
      const [source = ''] = id.split(' ');
      const tally = figures.get(source) ?? { receipts: 0, right: 0 };
      figures.set(source, tally);
      const numbers = inputs.map((_, i) => i);
      const [best] = rankedByScore(
        numbers,
        inputs.map((row) => trees.score(row)),
      );
      tally.receipts += 1;
      tally.right += Number(best?.candidate === right);
    }
  }
  return [...figures].map(([source, tally]) => ({ source, ...tally }));
}
