import type { OcrDocument, OcrLine, Point, Quad } from '@slipstream/shared';

type MapPixels = (x: number, y: number) => readonly [number, number];

/** The document with every corner moved, in pixels of its image. */
function mapPixels(document: OcrDocument, move: MapPixels): OcrDocument {
  const { width, height } = document.image;
  const point = ([x, y]: Point): Point => {
    const [moved_x, moved_y] = move(x * width, y * height);
    return [moved_x / width, moved_y / height];
  };
  const quad = ([a, b, c, d]: Quad): Quad => [point(a), point(b), point(c), point(d)];
  const line = (read: OcrLine): OcrLine => ({
    ...read,
    quad: quad(read.quad),
    words: read.words.map((word) => ({ ...word, quad: quad(word.quad) })),
  });
  return { ...document, lines: document.lines.map(line) };
}

/** Turned about the image's middle, clockwise, by an angle in degrees. */
export function rotated(document: OcrDocument, degrees: number): OcrDocument {
  const angle = (degrees * Math.PI) / 180;
  const { width, height } = document.image;
  return mapPixels(document, (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return [
      dx * Math.cos(angle) - dy * Math.sin(angle) + width / 2,
      dx * Math.sin(angle) + dy * Math.cos(angle) + height / 2,
    ];
  });
}

export function scaled(document: OcrDocument, factor: number): OcrDocument {
  return mapPixels(document, (x, y) => [x * factor, y * factor]);
}

export function shifted(document: OcrDocument, dx: number, dy: number): OcrDocument {
  return mapPixels(document, (x, y) => [x + dx, y + dy]);
}

/** The same lines in another order; `order[i]` ranks line i. */
export function shuffled(document: OcrDocument, order: readonly number[]): OcrDocument {
  const lines = document.lines.map((line, i) => ({ line, rank: order[i % order.length] ?? 0 }));
  return { ...document, lines: lines.sort((a, b) => a.rank - b.rank).map(({ line }) => line) };
}
