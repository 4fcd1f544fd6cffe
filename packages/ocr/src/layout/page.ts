import type { OcrLine, Point, Quad } from '@slipstream/shared';

/** Pixels of an upright image or of a part of it. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function mapQuad([a, b, c, d]: Quad, map: (point: Point) => Point): Quad {
  return [map(a), map(b), map(c), map(d)];
}

/** The line with all its quads moved by `map`. */
export function mapLine(line: OcrLine, map: (point: Point) => Point): OcrLine {
  const words = line.words.map((word) => ({ ...word, quad: mapQuad(word.quad, map) }));
  return { ...line, quad: mapQuad(line.quad, map), words };
}

export function toPixels(quad: Quad, { width, height }: Size): Quad {
  return mapQuad(quad, ([x, y]) => [x * width, y * height]);
}

export function boxOf(quad: readonly Point[]): Box {
  const xs = quad.map(([x]) => x);
  const ys = quad.map(([, y]) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

export function unionOf(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** Area of a quad, by the shoelace formula; of either orientation. */
export function areaOf(quad: Quad): number {
  let twice = 0;
  for (const [i, [x, y]] of quad.entries()) {
    const [nextX, nextY] = quad[(i + 1) % quad.length] ?? [0, 0];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

export function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
