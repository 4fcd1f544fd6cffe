import { createHash } from 'node:crypto';
import { type BoostOptions, boost, type Group } from './boost.ts';

export const TOTAL_OPTIONS: BoostOptions = { trees: 60, depth: 4, rate: 0.2, leaf_min: 2, ridge: 1 };

/** The trees as they are stored, with what tells whether the receipts they were trained on are still read alike. */
export function trainedFile(groups: readonly Group[], features: readonly string[], options: BoostOptions): string {
  const { trees } = boost(groups, features, options);
  return `{"trained_on":${JSON.stringify(fingerprint(groups))},"features":${JSON.stringify(features)},"trees":[\n${trees.map((tree) => JSON.stringify(tree)).join(',\n')}\n]}\n`;
}

/** Of every number that is trained on: other rules or receipts give another one. */
export function fingerprint(groups: readonly Group[]): string {
  const hash = createHash('sha256');
  for (const { id, inputs, right, weight } of groups) {
    hash.update(`${id} ${right} ${weight} ${inputs.length}\n`);
    for (const row of inputs) hash.update(row);
  }
  return hash.digest('hex');
}
