import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tilesOf } from '../../src/engines/apple-vision/tiles.ts';

describe('tiles of a long image', () => {
  it('an image that is not long has none', () => {
    expect(tilesOf({ width: 1000, height: 1999 })).toEqual([]);
    expect(tilesOf({ width: 3000, height: 1000 })).toEqual([]);
  });

  it('cover the image from top to bottom, overlap, and are never many', () => {
    const size = fc.record({
      width: fc.integer({ min: 50, max: 4000 }),
      ratio: fc.double({ min: 2, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(size, ({ width, ratio }) => {
        const tiles = tilesOf({ width, height: Math.ceil(width * ratio) });
        expect(tiles.length).toBeGreaterThanOrEqual(2);
        expect(tiles.length).toBeLessThanOrEqual(12);
        expect(tiles[0]?.y).toBe(0);
        const last = tiles.at(-1) ?? { y: 0, height: 0 };
        expect(last.y + last.height).toBeCloseTo(1, 9);
        for (const [i, tile] of tiles.entries()) {
          expect(tile.y + tile.height).toBeLessThanOrEqual(1 + 1e-12);
          const next = tiles[i + 1];
          if (next) expect(tile.y + tile.height - next.y).toBeGreaterThan(tile.height * 0.14);
        }
      }),
    );
  });
});
