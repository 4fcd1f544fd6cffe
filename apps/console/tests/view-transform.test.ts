import { describe, expect, it } from 'vitest';
import { centredOn, moved, turned, WHOLE, zoomed } from '../src/receipt/view-transform.ts';

describe('how the picture lies in its frame', () => {
  it('keeps the point under the pointer where it is', () => {
    const at = { x: 120, y: -40 };
    const before = moved(zoomed(WHOLE, 2, { x: 0, y: 0 }), 15, 25);
    const after = zoomed(before, 1.7, at);
    const place = (view: typeof before) => [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale];
    const [x = 0, y = 0] = place(before);
    expect(place(after)[0]).toBeCloseTo(x);
    expect(place(after)[1]).toBeCloseTo(y);
  });

  it('is never smaller than whole, where it lies in the middle, nor larger than helps', () => {
    expect(zoomed(moved(WHOLE, 30, 30), 0.1, { x: 5, y: 5 })).toEqual(WHOLE);
    expect(zoomed(WHOLE, 1_000, { x: 0, y: 0 }).scale).toBe(12);
  });

  it('is as it was after four turns', () => {
    expect(turned(turned(turned(turned(WHOLE))))).toEqual(WHOLE);
  });

  it.each([
    [0, -100, -50],
    [90, 50, -100],
    [180, 100, 50],
    [270, -50, 100],
  ] as const)('shows a place in the middle, turned by %i', (turn, x, y) => {
    const view = centredOn({ ...WHOLE, turn }, { x: 0.75, y: 0.75 }, { width: 200, height: 100 }, 2);
    expect([view.x, view.y]).toEqual([x, y]);
  });
});
