import type { OcrDocument } from '@slipstream/shared';
import { MONEY_SCALE } from '../../src/amounts/money.ts';
import { numberStyleOf } from '../../src/amounts/number-style.ts';
import { solve } from '../../src/checks/solve.ts';
import { rowsOf } from '../../src/layout/rows.ts';
import { groupsOf } from '../../src/parse-document.ts';
import { rankedValues, TOTAL_FEATURES } from '../../src/ranker/total-features.ts';
import { figuresOf } from '../../src/zones/figures.ts';
import type { Group } from './boost.ts';

/** The values of a receipt as candidates for its total; null where the total is not among them, or stands alone. */
export function totalGroup(id: string, document: OcrDocument, total: string, weight: number): Group | null {
  const [pieces] = groupsOf(document);
  if (pieces === undefined || total === '') return null;
  const rows = rowsOf(pieces);
  const style = numberStyleOf(rows);
  const figures = figuresOf(rows, style);
  const { values, inputs } = rankedValues(figures, solve(figures, style));
  const wanted = Math.round(Math.abs(Number(total)) * MONEY_SCALE);
  const right = values.findIndex(({ value }) => value === wanted);
  const width = TOTAL_FEATURES.length;
  return right < 0 || values.length < 2
    ? null
    : { id, inputs: values.map((_, i) => inputs.slice(i * width, (i + 1) * width)), right, weight };
}
