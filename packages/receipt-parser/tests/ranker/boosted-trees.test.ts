import { describe, expect, it } from 'vitest';
import { BoostedTrees } from '../../src/ranker/boosted-trees.ts';
import { rankedByScore } from '../../src/ranker/ranked.ts';

const FEATURES = ['size', 'place'];
/** Up to 2 in size: 0.5, above: by place. And a tree of one leaf. */
const STORED = {
  features: FEATURES,
  trees: [
    [0, 2, 1, -1, 0.5, 0, 1, 0.25, 3, -1, -1, 0, -1, 2, 0],
    [-1, 0.125, 0],
  ],
};

describe('boosted trees', () => {
  const trees = new BoostedTrees(STORED, FEATURES);

  it.each([
    [[2, 9], 0.625],
    [[3, 0.25], -0.875],
    [[3, 0.26], 2.125],
  ])('add up what every tree says of %j', (inputs, score) => {
    expect(trees.score(Float64Array.from(inputs))).toBe(score);
  });

  it('are refused for other features than they were trained on', () => {
    expect(() => new BoostedTrees(STORED, ['place', 'size'])).toThrow('train it again');
  });
});

describe('ranking by score', () => {
  it('gives shares that add up to one, the likeliest first', () => {
    const ranked = rankedByScore(['a', 'b', 'c'], [0, 1000, 999]);
    expect(ranked.map(({ candidate }) => candidate)).toEqual(['b', 'c', 'a']);
    expect(ranked.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(ranked[0]?.share).toBeCloseTo(1 / (1 + Math.exp(-1)));
  });

  it('of nothing is nothing', () => {
    expect(rankedByScore([], [])).toEqual([]);
  });
});
