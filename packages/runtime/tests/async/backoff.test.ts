import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/index.ts';

const LIMITS = { firstMs: 1_000, lastMs: 10_000 };
const LEAST = () => 0;
const MOST = () => 1;

describe('backing off', () => {
  it('doubles with each failure, up to the last pause', () => {
    const pauses = [1, 2, 3, 4, 5, 9].map((failures) => backoffMs(failures, { ...LIMITS, jitter: 'none' }));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('spreads a pause down to the half', () => {
    expect([LEAST, () => 0.5, MOST].map((random) => backoffMs(3, LIMITS, random))).toEqual([2_000, 3_000, 4_000]);
    expect(backoffMs(9, LIMITS, LEAST)).toBe(5_000);
  });

  it('spreads it down to nothing with full jitter', () => {
    const limits = { ...LIMITS, jitter: 'full' } as const;
    expect([LEAST, () => 0.25, MOST].map((random) => backoffMs(3, limits, random))).toEqual([0, 1_000, 4_000]);
  });

  it('takes no failure for the first one, and a million for the last pause', () => {
    const limits = { ...LIMITS, jitter: 'none' } as const;
    expect(backoffMs(0, limits)).toBe(1_000);
    expect(backoffMs(1_000_000, { ...limits, lastMs: Number.MAX_VALUE })).toBe(1_000 * 2 ** 30);
  });
});
