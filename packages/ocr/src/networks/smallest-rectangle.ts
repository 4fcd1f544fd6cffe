import type { Point } from '@slipstream/shared';
import type { TextBox } from './text-box.ts';

/** The rectangle of least area around points, one of whose sides lies on their hull (Freeman and Shapira 1975). */
export function smallestRectangle(points: readonly Point[]): TextBox {
  const hull = convexHull(points);
  let best = { area: Number.POSITIVE_INFINITY, cos: 1, sin: 0 };
  for (const [i, [x, y]] of hull.entries()) {
    const [nextX, nextY] = hull[(i + 1) % hull.length] ?? [x, y];
    const length = Math.hypot(nextX - x, nextY - y);
    if (length === 0) continue;
    const [cos, sin] = [(nextX - x) / length, (nextY - y) / length];
    const { width, height } = extentOf(hull, cos, sin);
    const area = width * height;
    // The first of equal ones, and only a real gain: a box that is all but level stays so.
    if (area < best.area * (1 - 1e-9)) best = { area, cos, sin };
  }
  return readingFromLeft(hull, best.cos, best.sin);
}

/** Of the rectangle's four directions the one that runs to the right, within 45 degrees, is along. */
function readingFromLeft(hull: readonly Point[], cos: number, sin: number): TextBox {
  const [c, s] = Math.abs(cos) >= Math.abs(sin) ? [cos, sin] : [sin, -cos];
  const [alongCos, alongSin] = c < 0 ? [-c, -s] : [c, s];
  const { left, top, width, height } = extentOf(hull, alongCos, alongSin);
  const [u, v] = [left + width / 2, top + height / 2];
  return {
    centre: [u * alongCos - v * alongSin, u * alongSin + v * alongCos],
    along: [(alongCos * width) / 2, (alongSin * width) / 2],
    down: [(-alongSin * height) / 2, (alongCos * height) / 2],
  };
}

function extentOf(hull: readonly Point[], cos: number, sin: number) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of hull) {
    const u = x * cos + y * sin;
    const v = y * cos - x * sin;
    if (u < left) left = u;
    if (u > right) right = u;
    if (v < top) top = v;
    if (v > bottom) bottom = v;
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.toReversed())];
  return hull.length === 0 ? sorted.slice(0, 1) : hull;
}

function turnsLeft(a: Point | undefined, b: Point | undefined, c: Point): boolean {
  if (a === undefined || b === undefined) return true;
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
}
