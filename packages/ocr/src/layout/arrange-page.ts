import type { OcrLine, OcrRegion, Quad } from '@slipstream/shared';
import { boxOf, type Size, unionOf } from './page.ts';
import { inReadingOrder } from './reading-order.ts';
import { splitReceipts } from './split-receipts.ts';
import { frameLines } from './text-frame.ts';

export interface ArrangedPage {
  readonly lines: OcrLine[];
  readonly regions: OcrRegion[];
}

/** Lines in reading order, receipt by receipt. Regions only where there are several receipts: one is the whole image. */
export function arrangePage(lines: readonly OcrLine[], image: Size): ArrangedPage {
  const receipts = splitReceipts(frameLines(lines, image));
  const ordered = receipts.map((receipt) => inReadingOrder(receipt).map(({ line }) => line));
  if (ordered.length < 2) return { lines: ordered.flat(), regions: [] };
  const regions: OcrRegion[] = [];
  let from = 0;
  for (const receipt of ordered) {
    regions.push({ quad: outlineOf(receipt), lines: [from, from + receipt.length] });
    from += receipt.length;
  }
  return { lines: ordered.flat(), regions };
}

function outlineOf(lines: readonly OcrLine[]): Quad {
  const { left, top, right, bottom } = unionOf(lines.map(({ quad }) => boxOf(quad)));
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
