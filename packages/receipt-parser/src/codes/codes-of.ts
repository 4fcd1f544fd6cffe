import type { OcrCode, OcrDocument, Quad } from '@slipstream/shared';
import type { Row } from '../layout/row.ts';
import type { FiscalCode } from './fiscal-code.ts';
import { readFiscalCode } from './read-fiscal-code.ts';

/** The fiscal codes of each receipt of a document: of several receipts, the one whose print is nearest to the code. */
export function codesOf(
  { codes = [], lines }: OcrDocument,
  receipts: readonly { readonly rows: readonly Row[] }[],
): FiscalCode[][] {
  const found: FiscalCode[][] = receipts.map(() => []);
  for (const code of codes) {
    const fiscal = readFiscalCode(code.payload);
    if (fiscal === null) continue;
    const distances = receipts.map(({ rows }) => (receipts.length === 1 ? 0 : distanceTo(code, rows, lines)));
    found[distances.indexOf(Math.min(...distances))]?.push(fiscal);
  }
  return found;
}

/** From the middle of the code to the middle of the nearest line of its page. */
function distanceTo(code: OcrCode, rows: readonly Row[], lines: OcrDocument['lines']): number {
  const [x, y] = middleOf(code.quad);
  let least = Number.POSITIVE_INFINITY;
  for (const { words } of rows)
    for (const word of words) {
      const line = lines[word.line];
      if (line === undefined || (line.page ?? 0) !== code.page) continue;
      const [lineX, lineY] = middleOf(line.quad);
      least = Math.min(least, Math.hypot(lineX - x, lineY - y));
    }
  return least;
}

function middleOf(quad: Quad): [x: number, y: number] {
  return [quad.reduce((sum, [x]) => sum + x, 0) / 4, quad.reduce((sum, [, y]) => sum + y, 0) / 4];
}
