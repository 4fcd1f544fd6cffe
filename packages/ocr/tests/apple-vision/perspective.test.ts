import type { Point, Quad } from '@slipstream/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatSize, isConvex, project, rectangleToQuad } from '../../src/engines/apple-vision/perspective.ts';
import { warpPixels } from '../../src/engines/apple-vision/warp-pixels.ts';

const SHEET: Quad = [
  [100, 50],
  [420, 90],
  [400, 700],
  [60, 640],
];

function corners({ width, height }: { width: number; height: number }): Point[] {
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
}

describe('perspective', () => {
  it('takes each corner of the flat sheet to its corner on the image', () => {
    const jitter = fc.double({ min: -90, max: 90, noNaN: true });
    const quads = fc.tuple(jitter, jitter, jitter, jitter, jitter, jitter, jitter, jitter);
    fc.assert(
      fc.property(quads, fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }), (j, width, height) => {
        const quad: Quad = [
          [100 + j[0], 100 + j[1]],
          [900 + j[2], 100 + j[3]],
          [900 + j[4], 900 + j[5]],
          [100 + j[6], 900 + j[7]],
        ];
        const toQuad = rectangleToQuad({ width, height }, quad);
        for (const [i, corner] of corners({ width, height }).entries()) {
          const [x, y] = project(toQuad, corner);
          expect(x).toBeCloseTo(quad[i]?.[0] ?? 0, 6);
          expect(y).toBeCloseTo(quad[i]?.[1] ?? 0, 6);
        }
      }),
    );
  });

  it('keeps straight lines straight: the middle of the sheet is where its diagonals cross', () => {
    const [x, y] = project(rectangleToQuad({ width: 2, height: 2 }, SHEET), [1, 1]);
    const [a, b, c, d] = SHEET;
    const side = ([x0, y0]: Point, [x1, y1]: Point) => (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0);
    expect(side(a, c)).toBeCloseTo(0, 6);
    expect(side(b, d)).toBeCloseTo(0, 6);
  });

  it('sizes the flat sheet by its longer edges', () => {
    expect(flatSize(SHEET)).toEqual({ width: 345, height: 610 });
  });

  it('tells a sheet from corners that no sheet can have', () => {
    const [a, b, c, d] = SHEET;
    expect(isConvex(SHEET)).toBe(true);
    expect(isConvex([d, c, b, a])).toBe(true);
    expect(isConvex([a, c, b, d])).toBe(false);
    expect(isConvex([a, b, [200, 120], d])).toBe(false);
  });
});

describe('warping pixels', () => {
  /** A picture whose red and green are its own coordinates. */
  function gradient(width: number, height: number) {
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < width * height; i++) {
      data[i * 3] = i % width;
      data[i * 3 + 1] = Math.floor(i / width);
    }
    return { width, height, data };
  }

  it('changes nothing where the part is the whole picture', async () => {
    const source = gradient(40, 30);
    const whole: Quad = [
      [0, 0],
      [40, 0],
      [40, 30],
      [0, 30],
    ];
    const { data } = await warpPixels(
      source,
      { width: 40, height: 30 },
      rectangleToQuad({ width: 40, height: 30 }, whole),
    );
    expect(Buffer.compare(Buffer.from(data), Buffer.from(source.data))).toBe(0);
  });

  it('fetches every pixel from where the projection says', async () => {
    const source = gradient(250, 250);
    const quad: Quad = [
      [30, 20],
      [200, 40],
      [220, 210],
      [10, 180],
    ];
    const size = { width: 120, height: 100 };
    const toSource = rectangleToQuad(size, quad);
    const { data } = await warpPixels(source, size, toSource);
    for (let y = 0; y < size.height; y += 7) {
      for (let x = 0; x < size.width; x += 7) {
        const [sx, sy] = project(toSource, [x + 0.5, y + 0.5]);
        const at = (y * size.width + x) * 3;
        expect(Math.abs((data[at] ?? 0) - (sx - 0.5))).toBeLessThanOrEqual(0.51);
        expect(Math.abs((data[at + 1] ?? 0) - (sy - 0.5))).toBeLessThanOrEqual(0.51);
      }
    }
  });
});
