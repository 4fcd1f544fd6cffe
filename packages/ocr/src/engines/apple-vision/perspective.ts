import type { Point, Quad } from '@slipstream/shared';
import { distance, type Size } from '../../layout/page.ts';

/** Row by row the 3 × 3 matrix that takes a point of a flat rectangle to the image; its last entry is 1. */
export type Homography = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
];

/**
 * The projection that takes a rectangle of `size`, its origin at the top left, onto `quad`: corner to corner.
 * P. Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), section 2.2.3, square to quadrilateral.
 */
export function rectangleToQuad({ width, height }: Size, quad: Quad): Homography {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad;
  const dx1 = x1 - x2;
  const dy1 = y1 - y2;
  const dx2 = x3 - x2;
  const dy2 = y3 - y2;
  const sumX = x0 - x1 + x2 - x3;
  const sumY = y0 - y1 + y2 - y3;
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sumX * dy2 - dx2 * sumY) / determinant;
  const h = (dx1 * sumY - sumX * dy1) / determinant;
  return [
    (x1 - x0 + g * x1) / width,
    (x3 - x0 + h * x3) / height,
    x0,
    (y1 - y0 + g * y1) / width,
    (y3 - y0 + h * y3) / height,
    y0,
    g / width,
    h / height,
  ];
}

export function project([a, b, c, d, e, f, g, h]: Homography, [x, y]: Point): Point {
  const w = g * x + h * y + 1;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** How large the sheet is when it lies flat, in the pixels of its longer edges: nothing is shrunk. */
export function flatSize([topLeft, topRight, bottomRight, bottomLeft]: Quad): Size {
  return {
    width: Math.round(Math.max(distance(topLeft, topRight), distance(bottomLeft, bottomRight))),
    height: Math.round(Math.max(distance(topLeft, bottomLeft), distance(topRight, bottomRight))),
  };
}

/** Corners in turn, none of them pointing inwards: only such a quad is a sheet seen from somewhere. */
export function isConvex(quad: Quad): boolean {
  const turns = quad.map(([x, y], i) => {
    const [x1, y1] = quad[(i + 1) % 4] ?? [0, 0];
    const [x2, y2] = quad[(i + 2) % 4] ?? [0, 0];
    return (x1 - x) * (y2 - y1) - (y1 - y) * (x2 - x1);
  });
  return turns.every((turn) => turn > 0) || turns.every((turn) => turn < 0);
}
