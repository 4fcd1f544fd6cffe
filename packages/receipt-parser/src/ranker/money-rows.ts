import type { Amount } from '../amounts/amount.ts';
import type { Money } from '../amounts/money.ts';
import type { Role } from '../labels/labels.ts';
import type { Figures } from '../zones/figures.ts';

/** A row with money on it, as the ranker sees it. */
export interface MoneyRow {
  readonly figures: Figures;
  readonly role: Role | null;
  /** The last amount on the row, which stands in the column of amounts, and its size. */
  readonly amount: Amount;
  readonly size: Money;
  /** The row has a label of its own. */
  readonly labelled: boolean;
}

const LETTERS = /[A-Z]{2}|[^\0-\x7f]{2}/;

export function moneyRows(figures: readonly Figures[]): MoneyRow[] {
  const rows: MoneyRow[] = [];
  for (let i = 0; i < figures.length; i += 1) {
    const row = figures[i];
    const amount = row?.money.at(-1);
    if (row === undefined || amount === undefined) continue;
    const labelled = LETTERS.test(row.label);
    const above = labelled ? undefined : figures[i - 1];
    // A figure on a row of its own is named by a label just above it.
    const role = row.role ?? (above !== undefined && above.money.length === 0 ? above.role : null);
    rows.push({ figures: row, role, amount, size: Math.abs(amount.value), labelled });
  }
  return rows;
}

/** Rows that add up: two or more whose last amounts make that of the row just below them. */
export interface Runs {
  /** For each row, how many rows just above it add up to it; 0 where none do. */
  readonly above: Int16Array;
  /** 1 for rows that such a run begins with. */
  readonly begins: Uint8Array;
}

export function runsOf(rows: readonly MoneyRow[]): Runs {
  const above = new Int16Array(rows.length);
  const begins = new Uint8Array(rows.length);
  const first_with = new Map<Money, number>([[0, 0]]);
  let sum = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    if (row === undefined) continue;
    const from = first_with.get(sum - row.size);
    if (from !== undefined && i - from >= 2) {
      above[i] = i - from;
      begins[from] = 1;
    }
    sum += row.amount.value;
    if (!first_with.has(sum)) first_with.set(sum, i + 1);
  }
  return { above, begins };
}
