import type { Amount } from './amount.ts';

/** The column that the receipt's amounts are set flush right in. */
export interface AmountColumn {
  readonly right: number;
}

/** Amounts whose right ends lie this near, in text heights, stand in one column; tax codes and curl move them. */
const COLUMN_TOLERANCE = 1.6;

/**
 * The place where most rows' last amounts end. Of columns with a like number of amounts, the rightmost: a receipt's
 * amounts stand right of its unit prices. Null where no two amounts are flush.
 */
export function amountColumnOf(last_amounts: readonly Amount[]): AmountColumn | null {
  const edges = last_amounts.map(({ right }) => right).sort((a, b) => a - b);
  let best: { right: number; count: number } | null = null;
  let from = 0;
  for (let to = 0; to < edges.length; to += 1) {
    while ((edges[to] ?? 0) - (edges[from] ?? 0) > COLUMN_TOLERANCE) from += 1;
    const count = to - from + 1;
    if (count >= 2 && (best === null || count >= 0.7 * best.count)) {
      const right = edges[(from + to) >> 1] ?? 0;
      if (best === null || count >= best.count || right > best.right + COLUMN_TOLERANCE) best = { right, count };
    }
  }
  return best === null ? null : { right: best.right };
}

export function isInColumn(amount: Amount, column: AmountColumn | null): boolean {
  return column !== null && Math.abs(amount.right - column.right) <= COLUMN_TOLERANCE;
}
