import type { Amount } from '../amounts/amount.ts';
import type { NumberStyle } from '../amounts/number-style.ts';
import { scanAmounts } from '../amounts/scan-amounts.ts';
import { type Role, roleOf } from '../summary/labels.ts';
import type { Row } from './row.ts';

/** A row with the numbers on it and the label before them. */
export interface Figures {
  readonly index: number;
  readonly row: Row;
  readonly amounts: readonly Amount[];
  /** Those written as money. */
  readonly money: readonly Amount[];
  /** The row's key without its amounts, trimmed of marks. */
  readonly label: string;
  readonly role: Role | null;
}

/** Reads every row's numbers and label, once. */
export function figuresOf(rows: readonly Row[], style: NumberStyle): Figures[] {
  return rows.map((row, index) => {
    const amounts = scanAmounts(row, style);
    const label = labelOf(row, amounts);
    return { index, row, amounts, money: amounts.filter(({ kind }) => kind === 'money'), label, role: roleOf(label) };
  });
}

function labelOf(row: Row, amounts: readonly Amount[]): string {
  let label = '';
  let at = 0;
  for (const amount of amounts) {
    label += `${row.key.slice(at, amount.from)} `;
    at = amount.to;
  }
  label += row.key.slice(at);
  return label.replace(/[\s:*=]+/g, ' ').trim();
}
