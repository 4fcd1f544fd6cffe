import type { Amount } from '../amounts/amount.ts';
import { MONEY_SCALE, times } from '../amounts/money.ts';
import type { Item } from '../items/read-items.ts';
import { phrases } from '../languages/languages.ts';
import { isColumnTitle } from '../zones/column-title.ts';
import type { Figures } from '../zones/figures.ts';
import type { Solution } from './solve.ts';

/** Rows above the total in which a pump's figures stand. */
const ROWS_ABOVE_MAX = 12;
const NUMBERS_MAX = 12;
/** Together: `1.00 x 9.00` is any shop's row. */
const DECIMALS_MIN = 5;
/** Litres and prices are printed to a thousandth, their product to a hundredth. */
const TOLERANCE = MONEY_SCALE / 100;

/**
 * The one item of a receipt that prints a quantity and a price for one on rows of their own (a petrol pump, a scale):
 * two figures above the total whose product it is. Null where there is no such pair.
 */
export function pumpItem(figures: readonly Figures[], { total, items }: Solution): Item | null {
  // Below titles of columns an item has a name: figures without one are what is left of a row.
  if (total === null || figures.some(isColumnTitle)) return null;
  // The total's figure may stand on the row below its label, beside the volume.
  const last = figures.findIndex(({ index, money }) => index >= total.row && money.includes(total.amount));
  const above = figures.filter(
    ({ index }) => index <= Math.max(total.row, last) && index >= total.row - ROWS_ABOVE_MAX,
  );
  const numbers = above.flatMap(({ amounts }) => amounts.filter(isMeasured)).slice(-NUMBERS_MAX);
  for (const quantity of numbers) {
    for (const unit_price of numbers) {
      const product = Math.abs(times(quantity.value, unit_price.value));
      if (
        quantity === unit_price ||
        quantity.currency !== null ||
        quantity === total.amount ||
        unit_price.value === total.amount.value
      )
        continue;
      if (quantity.decimals < unit_price.decimals && unit_price.currency === null) continue;
      const is_plain = items.length <= 1 && quantity.decimals + unit_price.decimals >= DECIMALS_MIN;
      if (!is_plain && !isNamed(above, quantity, unit_price)) continue;
      if (Math.abs(product - total.amount.value) > TOLERANCE) continue;
      const row = above.find(({ amounts }) => amounts.includes(quantity))?.index ?? total.row;
      return {
        kind: 'item',
        amount: total.amount,
        description: [],
        quantity,
        unit_price,
        row,
        coded: false,
        role: null,
      };
    }
  }
  return null;
}

const VOLUME = phrases('volume');
const UNIT_PRICE = phrases('volume_price');

/** `HARGA/LITER: 10,000`, `VOLUME: 10.00`: the rows say what their figures are. */
function isNamed(rows: readonly Figures[], quantity: Amount, unit_price: Amount): boolean {
  const says = (amount: Amount, what: RegExp): boolean =>
    rows.some(({ amounts, label }) => amounts.includes(amount) && what.test(label));
  return says(quantity, VOLUME) && says(unit_price, UNIT_PRICE);
}

function isMeasured({ kind, value }: Amount): boolean {
  return kind !== 'percent' && value > 0;
}
