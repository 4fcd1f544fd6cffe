import type { OcrDocument } from '@slipstream/shared';
import { centred, type PageRow, type Pose, pageDocument, right } from '../../scripts/synthetic/page.ts';
import { Random } from '../../scripts/synthetic/random.ts';
import { numberStyleOf } from '../../src/amounts/number-style.ts';
import { piecesOf } from '../../src/layout/pieces.ts';
import type { Row } from '../../src/layout/row.ts';
import { rowsOf } from '../../src/layout/rows.ts';
import type { Figures } from '../../src/zones/figures.ts';
import { figuresOf } from '../../src/zones/figures.ts';

/** As text, or as cells where print differs in size. */
type GivenRow = string | PageRow;

const LEVEL: Pose = { angle: 0, curl: 0, parted: true };

/**
 * A page of text: a row is a string (centred), or a label and a figure parted by ` | ` (left and flush right); more
 * bars give columns between.
 */
export function page(rows: readonly GivenRow[], pose: Partial<Pose> = {}): OcrDocument {
  return pageDocument(rows.map(pageRow), { ...LEVEL, ...pose }, new Random(1));
}

function pageRow(row: GivenRow): PageRow {
  if (typeof row !== 'string') return row;
  const cells = row.split(' | ');
  if (cells.length === 1) return [centred(row)];
  const last = cells.length - 1;
  return cells.map((text, i) =>
    i === 0 ? { text, at: 0 } : i === last ? right(text) : right(text, 20 + (i * 16) / last),
  );
}

export function rowsOfPage(rows: readonly GivenRow[], pose: Partial<Pose> = {}): Row[] {
  const document = page(rows, pose);
  return rowsOf(
    piecesOf(
      document,
      document.lines.map((_, i) => i),
    ),
  );
}

export function figuresOfPage(rows: readonly GivenRow[], pose: Partial<Pose> = {}): Figures[] {
  const laid_out = rowsOfPage(rows, pose);
  return figuresOf(laid_out, numberStyleOf(laid_out));
}
