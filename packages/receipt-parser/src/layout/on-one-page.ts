import type { OcrDocument, Point, Quad } from '@slipstream/shared';

/**
 * The document with its pages one below the other, as one long receipt: a receipt that goes on overleaf has one sum.
 * Pages get the width of the first. Lines keep their places, so that word references hold.
 */
export function onOnePage(document: OcrDocument): OcrDocument {
  const { pages, image } = document;
  if (pages === undefined || pages.length < 2) return document;
  const heights = pages.map(({ width, height }) => (height * image.width) / width);
  const tops = heights.map((_, page) => heights.slice(0, page).reduce((sum, height) => sum + height, 0));
  const total = heights.reduce((sum, height) => sum + height, 0);
  const lines = document.lines.map((line) => {
    const page = line.page ?? 0;
    const place = ([x, y]: Point): Point => [x, ((tops[page] ?? 0) + y * (heights[page] ?? 0)) / total];
    const moved = ([a, b, c, d]: Quad): Quad => [place(a), place(b), place(c), place(d)];
    return { ...line, quad: moved(line.quad), words: line.words.map((word) => ({ ...word, quad: moved(word.quad) })) };
  });
  return { ...document, image: { ...image, height: Math.max(1, Math.round(total)) }, lines };
}
