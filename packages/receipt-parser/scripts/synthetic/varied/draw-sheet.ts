import { createHash } from 'node:crypto';
import type { OcrDocument, OcrLine, Point, Quad } from '@slipstream/shared';
import { drawVaried, type VariedReceipt } from './draw-varied.ts';

/** Two receipts on one image. */
export interface DrawnSheet {
  readonly document: OcrDocument;
  readonly receipts: readonly VariedReceipt[];
  readonly arrangement: 'stacked' | 'side by side';
}

/** White paper between them, in pixels, beside the margins that each has. */
const GAP_PX = 40;

/** Sheet number `index` of the set that a seed names: stacked and side by side take turns. */
export function drawSheet(seed: number, index: number): DrawnSheet {
  const receipts = [drawVaried(seed, 2 * index), drawVaried(seed, 2 * index + 1)];
  const stacked = index % 2 === 0;
  const images = receipts.map(({ document: { image } }) => image);
  const sum = (of: 'width' | 'height'): number => images.reduce((total, image) => total + image[of] + GAP_PX, -GAP_PX);
  const most = (of: 'width' | 'height'): number => Math.max(...images.map((image) => image[of]));
  const size = stacked
    ? { width: most('width'), height: sum('height') }
    : { width: sum('width'), height: most('height') };
  let [x, y] = [0, 0];
  const lines: OcrLine[] = [];
  for (const { document } of receipts) {
    const { width, height } = document.image;
    const place = ([px, py]: Point): Point => [(px * width + x) / size.width, (py * height + y) / size.height];
    const quad = ([a, b, c, d]: Quad): Quad => [place(a), place(b), place(c), place(d)];
    for (const line of document.lines)
      lines.push({
        ...line,
        quad: quad(line.quad),
        words: line.words.map((word) => ({ ...word, quad: quad(word.quad) })),
      });
    if (stacked) y += height + GAP_PX;
    else x += width + GAP_PX;
  }
  // An engine reads side by side what lies side by side.
  lines.sort((a, b) => a.quad[0][1] - b.quad[0][1] || a.quad[0][0] - b.quad[0][0]);
  const sha256 = createHash('sha256')
    .update(lines.map(({ text }) => text).join('\n'))
    .digest('hex');
  const engine = { name: 'drawn', version: '1', level: 'accurate' as const, languages: [] };
  return {
    document: { schema_version: 1, image: { ...size, orientation: 1, sha256 }, engine, lines, regions: [] },
    receipts,
    arrangement: stacked ? 'stacked' : 'side by side',
  };
}
