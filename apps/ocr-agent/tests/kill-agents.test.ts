import { Random } from '@slipstream/testing';
import { expect, it } from 'vitest';
import { killAgents } from '../kill-test/kill-agents.ts';

const JOBS = 100;
const TEST_MS_MAX = 240_000;

it(
  `gives each of ${JOBS} jobs one published result while agents are killed`,
  async () => {
    const seed = Date.now() % 100_000;
    const random = new Random(seed);
    const options = { jobs: JOBS, life_ms_max: 150, kills_max: 5, limit_ms: TEST_MS_MAX - 30_000 };
    const result = await killAgents({ ...options, random: () => random.next() });
    expect(result, `seed ${seed}`).toMatchObject({
      publications: { 1: JOBS },
      without_document: 0,
      without_result: 0,
      left_in_queue: 0,
      dead: 0,
    });
    expect(result.kills).toBeGreaterThan(0);
  },
  TEST_MS_MAX,
);
