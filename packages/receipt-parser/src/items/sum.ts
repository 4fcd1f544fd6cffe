import type { Money } from '../amounts/money.ts';
import type { Item } from './read-items.ts';

/** An item's part of the sum: a discount is subtracted, however its sign is printed. */
export function signedAmount(item: Item): Money {
  return item.kind === 'discount' ? -Math.abs(item.amount.value) : item.amount.value;
}

export function sumOf(items: readonly Item[]): Money {
  return items.reduce((sum, item) => sum + signedAmount(item), 0);
}
