import { phrases } from '../languages/languages.ts';
import type { Figures } from './figures.ts';
import { taxOfTableRow } from './tax-row.ts';

const TITLE = phrases('suggested_tip');
/** A guide has hardly more rows. */
const ROWS_MAX = 8;

/**
 * The rows that propose a tip: below a title that says so, or two rows and more of percentages below a total. What is
 * proposed was not paid.
 */
export function suggestedTipRows(figures: readonly Figures[]): Set<number> {
  const rows = new Set<number>();
  const last = figures.findLastIndex(hasPercentAndMoney);
  let next = -1;
  let below_total = false;
  for (let i = 0; i <= last; i += 1) {
    const row = figures[i];
    if (row === undefined || rows.has(row.index)) continue;
    if (next < i) next = figures.findIndex((other, at) => at >= i && hasPercentAndMoney(other));
    // A title has no amount, unless it is its own first proposal.
    const may_be_title = next < i + ROWS_MAX && (row.money.length === 0 || hasPercentAndMoney(row));
    const titled = may_be_title && TITLE.test(row.row.key);
    const proposals = titled || (below_total && isProposal(row)) ? proposalsBelow(figures, i, titled) : [];
    if (titled ? proposals.length > 0 : proposals.length > 1) for (const { index } of proposals) rows.add(index);
    if (!below_total && row.money.length > 0 && row.role === 'total') below_total = true;
  }
  return rows;
}

function proposalsBelow(figures: readonly Figures[], from: number, titled: boolean): readonly Figures[] {
  const found: Figures[] = [];
  for (const row of figures.slice(from, from + ROWS_MAX)) {
    if (isProposal(row)) found.push(row);
    else if (row.money.length > 0 || (found.length > 0 && !titled)) break;
  }
  return found;
}

/** `18%  5.49`, `20%: (TIP 6.10 TOTAL 39.04)`. */
function isProposal(row: Figures): boolean {
  return hasPercentAndMoney(row) && row.role !== 'tax' && row.role !== 'discount' && !isTaxRow(row);
}

/** `10.00%  14.53  1.45`: the rate, what it is taken of, and what it comes to. */
function isTaxRow(row: Figures): boolean {
  return row.money.length > 1 && !/\p{L}{2}/u.test(row.label) && taxOfTableRow(row)?.consistent === true;
}

function hasPercentAndMoney({ amounts, money }: Figures): boolean {
  return money.length > 0 && amounts.some(({ kind }) => kind === 'percent');
}
