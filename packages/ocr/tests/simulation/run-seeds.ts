import { expect } from 'vitest';
import { simulate } from '../../simulation/simulate.ts';

/** Runs these seeds; each one that fails is named with the command that runs it again. */
export async function runSeeds(from: number, count: number): Promise<void> {
  const failed: string[] = [];
  let published = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await simulate(seed);
    published += result.published;
    if (result.violations.length > 0) {
      failed.push(`npm run simulate -- --seed ${seed}   ${result.violations.join('; ')}`);
    }
  }
  expect(failed).toEqual([]);
  expect(published).toBeGreaterThan(count); // the scenarios do have work that ends well
}
