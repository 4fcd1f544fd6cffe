import type { Environment } from '../../src/environments/environment.ts';
import { combinations, describeEnvironment } from './combinations.ts';

/** Few combinations in which any two values of two switches still meet; all of them with SLIPSTREAM_ALL_COMBINATIONS=1. */
export function combinationsToTest(): Environment[] {
  const all = combinations();
  if (process.env.SLIPSTREAM_ALL_COMBINATIONS === '1') return all;
  const candidates = all.map((environment) => ({ environment, pairs: pairsOf(environment) }));
  const uncovered = new Set(candidates.flatMap(({ pairs }) => pairs));
  const chosen: Environment[] = [];
  while (uncovered.size > 0) {
    const gain = ({ pairs }: { readonly pairs: readonly string[] }) =>
      pairs.filter((pair) => uncovered.has(pair)).length;
    const best = candidates.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    for (const pair of best.pairs) uncovered.delete(pair);
    chosen.push(best.environment);
  }
  return chosen;
}

function pairsOf(environment: Environment): string[] {
  const values = describeEnvironment(environment).split(', ');
  const absent = ['EFS', 'console'].filter((word) => !values.includes(word)).map((word) => `no ${word}`);
  const facts = [...values, ...absent].toSorted();
  return facts.flatMap((a, index) => facts.slice(index + 1).map((b) => `${a} + ${b}`));
}
