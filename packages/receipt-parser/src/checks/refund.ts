import type { Amount } from '../amounts/amount.ts';
import { phrases, phrasesSource } from '../languages/languages.ts';
import type { Figures } from '../zones/figures.ts';
import type { Solution } from './solve.ts';

const REFUND = phrases('refund');
/** A title says nothing else; terms about returned goods do. */
const TITLE = new RegExp(
  String.raw`^\W*(?:${phrasesSource('refund')})(?:[ -]+(?:${phrasesSource('document_kind')}))?\W*$`,
);

const TITLE_LENGTH_MAX = 40;

/** Whether the receipt is titled as one for money given back, or its total is. */
function isRefund(figures: readonly Figures[], { total }: Solution): boolean {
  return figures.some(({ row, money, index, label }) => {
    if (money.length > 0) return index === total?.row && REFUND.test(label);
    return row.digits === 0 && row.key.length <= TITLE_LENGTH_MAX && index < (total?.row ?? 0) && TITLE.test(row.key);
  });
}

/** The reading with its signs turned where money was given back and the figures are printed without a minus. */
export function withRefundSign(figures: readonly Figures[], solution: Solution): Solution {
  const { total, items, summary, taxes } = solution;
  if (total === null || total.amount.value <= 0 || items.some(({ amount }) => amount.value < 0)) return solution;
  if (!isRefund(figures, solution)) return solution;
  const turned = (amount: Amount): Amount => ({ ...amount, value: -amount.value });
  return {
    ...solution,
    total: { ...total, amount: turned(total.amount) },
    items: items.map((item) => ({ ...item, amount: turned(item.amount) })),
    summary: summary.map((figure) =>
      figure.role === 'tendered' || figure.role === 'change' ? figure : { ...figure, amount: turned(figure.amount) },
    ),
    taxes: taxes.map((tax) => ({ ...tax, amount: turned(tax.amount) })),
  };
}
