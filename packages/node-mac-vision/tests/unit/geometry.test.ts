import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromVisionPoint, partOfQuad, toVisionRegion, uprightSize, WHOLE_IMAGE } from '../../src/geometry.ts';
import type { Quad } from '../../src/types.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const region = fc
  .tuple(share, share, share, share)
  .map(([a, b, c, d]) => ({ x: Math.min(a, b), y: Math.min(c, d), width: Math.abs(a - b), height: Math.abs(c - d) }));

describe('coordinates', () => {
  it("Vision's origin is the bottom left, ours the top left", () => {
    expect(fromVisionPoint(0.25, 1, WHOLE_IMAGE)).toEqual([0.25, 0]);
    expect(fromVisionPoint(0.25, 0, WHOLE_IMAGE)).toEqual([0.25, 1]);
    expect(toVisionRegion({ x: 0.1, y: 0.25, width: 0.5, height: 0.5 })).toEqual({
      x: 0.1,
      y: 0.25,
      width: 0.5,
      height: 0.5,
    });
    expect(toVisionRegion({ x: 0, y: 0, width: 1, height: 0.25 })).toEqual({ x: 0, y: 0.75, width: 1, height: 0.25 });
  });

  it('the corners of what was read of a region are the corners of the region', () => {
    fc.assert(
      fc.property(region, (part) => {
        expect(fromVisionPoint(0, 1, part)).toEqual([part.x, part.y]);
        expect(fromVisionPoint(1, 0, part)).toEqual([part.x + part.width, part.y + part.height]);
      }),
    );
  });

  it('a region turned over twice is itself', () => {
    fc.assert(
      fc.property(region, (part) => {
        expect(toVisionRegion(toVisionRegion(part)).y).toBeCloseTo(part.y, 12);
      }),
    );
  });

  it('width and height change places for orientations 5 to 8', () => {
    const stored = { width: 400, height: 300 };
    for (const orientation of [1, 2, 3, 4]) expect(uprightSize(stored, orientation)).toEqual(stored);
    for (const orientation of [5, 6, 7, 8])
      expect(uprightSize(stored, orientation)).toEqual({ width: 300, height: 400 });
  });

  it('a part of a slanted line follows its slant, and the whole is the line', () => {
    const line: Quad = [
      [0, 0],
      [1, 0.1],
      [1, 0.3],
      [0, 0.2],
    ];
    expect(partOfQuad(line, 0, 1)).toEqual(line);
    expect(partOfQuad(line, 0.5, 1)).toEqual([
      [0.5, 0.05],
      [1, 0.1],
      [1, 0.3],
      [0.5, 0.25],
    ]);
  });
});
