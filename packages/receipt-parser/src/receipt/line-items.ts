import type { Discount, LineItem } from '@slipstream/shared';
import type { Solution } from '../checks/solve.ts';
import type { Item } from '../items/read-items.ts';
import { signedAmount } from '../items/sum.ts';
import { amountField, type Field, fieldOf } from './field.ts';
import { RATES } from './rates.ts';

/** What was bought, in printed order. */
export function lineItemsOf({ items, reconciliation }: Solution, decimals: number): LineItem[] {
  const chosen = reconciliation === null ? RATES.items.unproven : RATES.items.proven;
  return items
    .filter(({ kind }) => kind === 'item')
    .map((item) => ({
      description: descriptionOf(item),
      quantity: item.quantity === null ? null : amountField(item.quantity, chosen, 0),
      unit_price: item.unit_price === null ? null : amountField(item.unit_price, chosen, decimals),
      amount: amountField(item.amount, chosen, decimals),
    }));
}

/** Discounts on items and on the whole; each amount is negative. Zero discounts are printed by habit and left out. */
export function discountsOf({ items, summary, reconciliation }: Solution, decimals: number): Discount[] {
  const chosen = reconciliation === null ? RATES.items.unproven : RATES.items.proven;
  const on_items = items
    .filter(({ kind, amount }) => kind === 'discount' && amount.value !== 0)
    .map((item) => ({
      label: descriptionOf(item),
      amount: amountField(item.amount, chosen, decimals, signedAmount(item) === item.amount.value ? 1 : -1),
    }));
  const on_sum = summary
    .filter(({ role, amount }) => role === 'discount' && amount.value !== 0)
    .map(({ figures, amount }) => {
      const figure_words = new Set(figures.amounts.flatMap(({ words }) => words));
      const label = figures.row.words.filter((word) => !figure_words.has(word) && /\p{L}/u.test(word.key));
      return { label: textField(label), amount: amountField(amount, chosen, decimals, amount.value > 0 ? -1 : 1) };
    });
  return [...on_items, ...on_sum];
}

function descriptionOf({ description }: Item): Field | null {
  return textField(description);
}

function textField(words: Item['description']): Field | null {
  const text = words.map((word) => word.text).join(' ');
  return text === '' ? null : fieldOf(text, words, RATES.description);
}
