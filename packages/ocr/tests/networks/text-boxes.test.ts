import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestRectangle } from '../../src/networks/smallest-rectangle.ts';
import { cornersOf, heightOf, turned, widthOf } from '../../src/networks/text-box.ts';
import { textBoxes } from '../../src/networks/text-boxes.ts';

/** A map in which the rectangle of this middle, size and tilt is text. */
function mapWith(
  width: number,
  height: number,
  patches: readonly [x: number, y: number, w: number, h: number, deg: number][],
) {
  const values = new Float32Array(width * height);
  for (const [cx, cy, w, h, deg] of patches) {
    const [cos, sin] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [px, py] = [x + 0.5 - cx, y + 0.5 - cy];
        const isInside = Math.abs(px * cos + py * sin) <= w / 2 && Math.abs(py * cos - px * sin) <= h / 2;
        if (isInside) values[y * width + x] = 0.9;
      }
    }
  }
  return { values, width, height };
}

describe('boxes of text', () => {
  it.each([0, 5, -12, 40])('are found at %i degrees, larger than what the network marked', (deg) => {
    const [box, ...others] = textBoxes(mapWith(300, 200, [[150, 100, 120, 12, deg]]));
    expect(others).toEqual([]);
    expect(box?.centre[0]).toBeCloseTo(150, 0);
    expect(box?.centre[1]).toBeCloseTo(100, 0);
    if (box === undefined) return;
    expect((Math.atan2(box.along[1], box.along[0]) * 180) / Math.PI).toBeCloseTo(deg, 0);
    expect(heightOf(box)).toBeGreaterThan(24);
    expect(heightOf(box)).toBeLessThan(36);
    expect(widthOf(box) - heightOf(box)).toBeGreaterThan(100);
  });

  it('leave out dirt and what the network is unsure of', () => {
    const map = mapWith(200, 200, [
      [50, 50, 80, 12, 0],
      [150, 150, 2, 2, 0],
    ]);
    for (let at = 120 * 200; at < 132 * 200; at += 1) map.values[at] = 0.35;
    expect(textBoxes(map)).toHaveLength(1);
  });

  it('are two where two lines do not touch, and none on an empty map', () => {
    const two = mapWith(200, 100, [
      [100, 30, 150, 10, 0],
      [100, 60, 150, 10, 0],
    ]);
    expect(textBoxes(two)).toHaveLength(2);
    expect(textBoxes(mapWith(50, 50, []))).toEqual([]);
  });
});

describe('the smallest rectangle', () => {
  it('holds every point, and is no larger than the upright one', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 40 }), (points) => {
        const box = smallestRectangle(points);
        const [w, h] = [widthOf(box), heightOf(box)];
        for (const [x, y] of points) {
          const [px, py] = [x - box.centre[0], y - box.centre[1]];
          if (w > 0)
            expect(Math.abs(px * box.along[0] + py * box.along[1]) / (w / 2)).toBeLessThanOrEqual(w / 2 + 1e-6);
          if (h > 0) expect(Math.abs(px * box.down[0] + py * box.down[1]) / (h / 2)).toBeLessThanOrEqual(h / 2 + 1e-6);
        }
        const xs = points.map(([x]) => x);
        const ys = points.map(([, y]) => y);
        const upright = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
        expect(w * h).toBeLessThanOrEqual(upright + 1e-6);
      }),
    );
  });

  it('comes back to itself after four quarter turns', () => {
    const box = { centre: [5, 6], along: [3, 1], down: [-1, 3] } as const;
    expect(cornersOf(turned({ ...box, centre: [5, 6], along: [3, 1], down: [-1, 3] }, 4))).toEqual(
      cornersOf({ centre: [5, 6], along: [3, 1], down: [-1, 3] }),
    );
  });
});
