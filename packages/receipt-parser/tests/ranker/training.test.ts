import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../scripts/synthetic/random.ts';
import { boost, type Group } from '../../scripts/train/boost.ts';
import { fingerprint, TOTAL_OPTIONS, trainedFile } from '../../scripts/train/trained-file.ts';
import { totalTrainingSet } from '../../scripts/train/training-set.ts';
import { BoostedTrees } from '../../src/ranker/boosted-trees.ts';
import { TOTAL_FEATURES } from '../../src/ranker/total-features.ts';

const FILE = path.join(import.meta.dirname, '../../src/ranker/total-ranker.data.json');
const SROIE = path.join(import.meta.dirname, '../../../../../shared/sroie');
const BYTES_MAX = 300_000;
/** Drawing, reading and training on thousands of receipts, on a busy machine. */
const TIMEOUT_MS = 300_000;

const FEATURES = ['a', 'b', 'c'];
const OPTIONS = { trees: 12, depth: 4, rate: 0.2, leaf_min: 2, ridge: 1 };

/** Groups in which the candidate with the largest a, or with b where a is the same, is right. */
function sample(): Group[] {
  const random = new Random(5);
  return Array.from({ length: 150 }, (_, id) => {
    const inputs = Array.from({ length: random.int(2, 6) }, () =>
      Float64Array.from([random.int(0, 3), random.next(), random.next()]),
    );
    const value = (row: Float64Array): number => (row[0] ?? 0) + (row[1] ?? 0);
    const right = inputs.reduce((best, row, i) => (value(row) > value(inputs[best] ?? row) ? i : best), 0);
    return { id: `sample ${id}`, inputs, right, weight: 1 };
  });
}

describe('training', () => {
  it('gives the same file bit for bit, on every machine', () => {
    const file = trainedFile(sample(), FEATURES, OPTIONS);
    expect(trainedFile(sample(), FEATURES, OPTIONS)).toBe(file);
    expect(createHash('sha256').update(file).digest('hex')).toBe(
      '6d8f6425605c713898fc45232b76e7e7d014cfc731362428a9de10cb40836cc6',
    );
  });

  it('learns what makes a candidate right', () => {
    const groups = sample();
    const trees = new BoostedTrees(boost(groups, FEATURES, { ...OPTIONS, trees: 60 }), FEATURES);
    const right = groups.filter(({ inputs, right: wanted }) => {
      const scores = inputs.map((row) => trees.score(row));
      return scores.indexOf(Math.max(...scores)) === wanted;
    });
    expect(right.length / groups.length).toBeGreaterThan(0.95);
  });
});

describe('the stored ranker of totals', () => {
  it('is small', () => {
    expect(statSync(FILE).size).toBeLessThanOrEqual(BYTES_MAX);
  });

  it('is what its receipts train, where all of them are there', { timeout: TIMEOUT_MS }, () => {
    if (!existsSync(SROIE)) {
      console.warn('SKIPPED: no ../shared/sroie beside the project; the stored ranker was not trained again.');
      return;
    }
    const stored = readFileSync(FILE, 'utf8');
    const groups = totalTrainingSet(SROIE);
    const trained_on: unknown = JSON.parse(stored).trained_on;
    if (trained_on !== fingerprint(groups)) {
      console.warn(
        'not checked: the parser reads the training receipts otherwise than when its ranker was trained; `npm run train:ranker -w @slipstream/receipt-parser` trains it anew.',
      );
      return;
    }
    expect(trainedFile(groups, TOTAL_FEATURES, TOTAL_OPTIONS)).toBe(stored);
  });
});
