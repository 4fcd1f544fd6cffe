import type { Receipt } from '@slipstream/shared';
import type { Solution } from '../checks/solve.ts';
import { phrases } from '../languages/languages.ts';
import type { Reading } from '../read-receipt.ts';
import { isColumnTitle } from '../zones/column-title.ts';
import type { Figures } from '../zones/figures.ts';

type NotPrinted = NonNullable<Receipt['not_printed']>;

const CARD_SLIP = phrases('card_slip');
const FARE = phrases('fare');
const COUNTED = phrases('count_check');
/** A receipt of goods that was paid by card has a row or two of these; a slip consists of them. */
const SLIP_ROWS_MIN = 3;

/** What the paper itself lacks, so that nobody is asked for it: the day, and the goods of a slip that has a sum alone. */
export function notPrinted({ prints_date, figures, solution, agreement }: Reading): NotPrinted {
  const is_slip = agreement.agreed && isSlip(figures, solution);
  return [...(prints_date ? [] : ['date' as const]), ...(is_slip ? ['line_items' as const] : [])];
}

/** A card's slip, or a ticket for a ride or a place to park: what was paid is labelled, nothing reads as goods or counts them, and no line is left for a tip. */
function isSlip(figures: readonly Figures[], { items, total, summary }: Solution): boolean {
  if (items.length > 0 || total === null) return false;
  const is_labelled =
    total.labelled || summary.some(({ role, amount }) => role === 'amount' && amount.value === total.amount.value);
  const is_open = figures.some(({ role, money }) => role === 'tip' && money.length === 0);
  const counts = figures.some((row) => isColumnTitle(row) || (row.role === 'count' && COUNTED.test(row.label)));
  if (!is_labelled || is_open || counts) return false;
  if (figures.filter(({ row }) => CARD_SLIP.test(row.key)).length >= SLIP_ROWS_MIN) return true;
  return figures.some(({ row }) => FARE.test(row.key));
}
