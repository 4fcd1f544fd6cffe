import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, type Money, times } from '../amounts/money.ts';

/** A reading of the numbers beside an amount: so many units at such a price. */
export interface Quantity {
  readonly quantity: Amount | null;
  readonly unit_price: Amount | null;
}

const NONE: Quantity = { quantity: null, unit_price: null };
/** Quantities beyond this are codes. */
const QUANTITY_MAX = 100_000 * MONEY_SCALE;
/** Numbers looked at beside one amount; bounds the pairs on a row of many numbers. */
const NUMBERS_MAX = 8;

/**
 * Finds quantity and unit price among the numbers of an item: the pair whose product is the amount, to a rounded
 * hundredth, wins; else a quantity and a price that are marked as such (`2 x 3.50`, `@3.50`).
 */
export function quantityOf(
  numbers: readonly Amount[],
  amount: Money,
  decimals: number,
  leading_quantity: boolean,
): Quantity {
  const near = numbers.filter(({ kind, value }) => kind !== 'percent' && value !== 0).slice(-NUMBERS_MAX);
  for (const unit_price of [...near].reverse()) {
    for (const quantity of near) {
      if (quantity === unit_price || Math.abs(quantity.value) > QUANTITY_MAX) continue;
      if (quantity.currency !== null || (quantity.kind === 'money' && unit_price.kind !== 'money')) continue;
      if (isProduct(quantity.value, unit_price.value, amount, decimals)) return inOrder(quantity, unit_price, decimals);
    }
  }
  const price = near.findLast(({ kind, value }) => kind === 'money' && value === amount);
  if (price !== undefined) return { quantity: null, unit_price: price };
  const [first, second] = near;
  // Printed side by side, a whole number and a price are what they look like, also where the amount was misread.
  if (near.length === 2 && first !== undefined && second?.kind === 'money' && isCount(first))
    return { quantity: first, unit_price: second };
  if (leading_quantity && first !== undefined && isCount(first)) return { quantity: first, unit_price: null };
  return NONE;
}

/** Where both readings fit (`2 x 2.00`), the whole number is the quantity. */
function inOrder(a: Amount, b: Amount, decimals: number): Quantity {
  // Where prices are whole, what is not is a weight.
  if (decimals === 0 && a.decimals !== b.decimals)
    return a.decimals > b.decimals ? { quantity: a, unit_price: b } : { quantity: b, unit_price: a };
  return a.decimals > 0 && b.decimals === 0 && b.currency === null
    ? { quantity: b, unit_price: a }
    : { quantity: a, unit_price: b };
}

function isProduct(quantity: Money, unit_price: Money, amount: Money, decimals: number): boolean {
  // Half a unit of the last printed place, and a hair for the binary fraction.
  const tolerance = (MONEY_SCALE / 10 ** decimals) * 0.5 + 1;
  return Math.abs(Math.abs(times(quantity, unit_price)) - Math.abs(amount)) <= tolerance;
}

function isCount(number: Amount): boolean {
  return number.kind === 'number' && number.decimals === 0 && number.value > 0 && number.value < 1000 * MONEY_SCALE;
}
