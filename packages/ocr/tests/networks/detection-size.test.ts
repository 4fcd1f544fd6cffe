import { describe, expect, it } from 'vitest';
import { detectionSize } from '../../src/networks/detection-size.ts';

describe('the size at which text is looked for', () => {
  it.each([
    ['a photograph of 12 megapixels', 3_024, 4_032, 864, 1_152],
    ['a faint small scan, enlarged', 463, 1_013, 512, 1_120],
    ['a very long receipt, whose short side stays readable', 768, 7_452, 352, 3_424],
    ['a thumbnail', 20, 30, 512, 768],
  ])('%s', (_, width, height, wide, high) => {
    expect(detectionSize({ width, height })).toEqual({ width: wide, height: high });
  });

  it('is bounded in pixels whatever the shape, and both sides are multiples of 32', () => {
    for (const [width, height] of [
      [60_000, 1_000],
      [1, 60_000],
      [7_000, 7_000],
    ] as const) {
      const size = detectionSize({ width, height });
      expect(size.width * size.height).toBeLessThan(2_500_000);
      expect(size.width % 32).toBe(0);
      expect(size.height % 32).toBe(0);
    }
  });
});
