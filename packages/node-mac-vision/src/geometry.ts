import type { Point, Quad, Region } from './types.ts';

export const WHOLE_IMAGE: Region = { x: 0, y: 0, width: 1, height: 1 };

/** EXIF orientations 5 to 8 turn the image by a quarter: width and height change places. */
export function uprightSize(stored: { width: number; height: number }, orientation: number) {
  return orientation >= 5 ? { width: stored.height, height: stored.width } : stored;
}

/** Vision's regions have their origin at the bottom left. */
export function toVisionRegion(region: Region): Region {
  return { ...region, y: 1 - region.y - region.height };
}

/** Vision's point, relative to the region it read and with its origin at the bottom left, as a point of the image. */
export function fromVisionPoint(x: number, y: number, region: Region): Point {
  return [region.x + x * region.width, region.y + (1 - y) * region.height];
}

/** The part of a line's quad that the share `from`..`to` of its text takes when all characters are equally wide. */
export function partOfQuad(quad: Quad, from: number, to: number): Quad {
  const [topLeft, topRight, bottomRight, bottomLeft] = quad;
  return [
    between(topLeft, topRight, from),
    between(topLeft, topRight, to),
    between(bottomLeft, bottomRight, to),
    between(bottomLeft, bottomRight, from),
  ];
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
