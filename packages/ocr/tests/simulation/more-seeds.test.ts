import { it } from 'vitest';
import { runSeeds } from './run-seeds.ts';

const TEST_MS_MAX = 240_000;

// A file of its own, so that both cores simulate.
it(
  'publishes each job once and loses none, whatever goes wrong: seeds 1,001 to 2,000',
  () => runSeeds(1_001, 1_000),
  TEST_MS_MAX,
);
