import { expect, it } from 'vitest';
import { simulate } from '../../simulation/simulate.ts';
import { runSeeds } from './run-seeds.ts';

const TEST_MS_MAX = 240_000;

it(
  'publishes each job once and loses none, whatever goes wrong: seeds 1 to 1,000',
  () => runSeeds(1, 1_000),
  TEST_MS_MAX,
);

it('runs the same way again with the same seed', async () => {
  expect(await simulate(42)).toEqual(await simulate(42));
});
