import { describe, expect, it } from 'vitest';
import { readHostile } from '../hostile/read-hostile.ts';

describe('hostile files', () => {
  it('end with a reason each, or are read; `npm run hostile` reads more of them', { timeout: 240_000 }, async () => {
    const { outcomes, faults, peakMb } = await readHostile(36, 7);
    expect(faults).toEqual([]);
    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(36);
    expect(peakMb ?? 0).toBeLessThan(1_000);
  });
});
