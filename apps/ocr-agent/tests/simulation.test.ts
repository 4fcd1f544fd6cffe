import { expect, it } from 'vitest';
import { simulate } from '../simulation/simulate.ts';

const SEEDS = 2_000;
const TEST_MS_MAX = 240_000;

it(
  `publishes each job once and loses none, whatever goes wrong (${SEEDS} seeds)`,
  async () => {
    const failed: string[] = [];
    let published = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const result = await simulate(seed);
      published += result.published;
      if (result.violations.length > 0) {
        failed.push(`npm run simulate -- --seed ${seed}   ${result.violations.join('; ')}`);
      }
    }
    expect(failed).toEqual([]);
    expect(published).toBeGreaterThan(SEEDS); // the scenarios do have work that ends well
  },
  TEST_MS_MAX,
);

it('runs the same way again with the same seed', async () => {
  expect(await simulate(42)).toEqual(await simulate(42));
});
