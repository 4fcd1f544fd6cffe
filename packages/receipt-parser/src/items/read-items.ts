import type { Amount } from '../amounts/amount.ts';
import { amountColumnOf } from '../amounts/amount-column.ts';
import { MONEY_SCALE, times } from '../amounts/money.ts';
import type { Role } from '../labels/labels.ts';
import { phrases, phrasesSource } from '../languages/languages.ts';
import type { Word } from '../layout/word.ts';
import type { Figures } from '../zones/figures.ts';
import { type ItemRow, itemRowOf } from './item-row.ts';
import { quantityOf } from './quantity.ts';

/** An item as read: every part stands in words of the receipt. */
export interface Item {
  readonly kind: 'item' | 'discount';
  readonly amount: Amount;
  readonly description: readonly Word[];
  readonly quantity: Amount | null;
  readonly unit_price: Amount | null;
  readonly row: number;
  /** Its row has an article number. */
  readonly coded: boolean;
  /** What its label would make of it, were it no item. */
  readonly role: Role | null;
}

interface OpenItem {
  readonly row: ItemRow;
  readonly amount: Amount;
  readonly description: Word[];
  readonly numbers: Amount[];
  /** Text of the row below was taken along. */
  below: boolean;
}

/** Description of an item, of several rows at most; more is another kind of text. */
const DESCRIPTION_ROWS_MAX = 5;
/** A row of the column titles that is left over below them: `(RM)  (RM)`, `PRICE  TAX  CODE`. */
const TITLE_REST = new RegExp(`^(?:${phrasesSource('title_rest')})+$`);
const TARE = phrases('tare');

/**
 * Reads the items zone: amounts in the column of amounts open an item; text above or below belongs to it by the habit
 * of the receipt, rows of `2 x 3.50` to the item they follow or precede.
 */
export function readItems(zone: readonly Figures[], decimals: number): Item[] {
  // The items' own column: totals and tables below may be set in another.
  const column = amountColumnOf(zone.flatMap(({ money }) => money.slice(-1)));
  const rows = zone
    .filter(
      ({ row, role, money, amounts }) =>
        !TITLE_REST.test(row.key) && !TARE.test(row.key) && !isBeside(role, money, amounts),
    )
    .map((figures) => itemRowOf(figures, column));
  const place = textPlace(rows);
  const items: OpenItem[] = [];
  let waiting: ItemRow[] = [];
  for (const [i, row] of rows.entries()) {
    if (row.amount !== null) {
      const above = takeAbove(waiting, row, place, items.length === 0);
      items.push({
        row,
        amount: row.amount,
        description: [...above.flatMap(({ description }) => description), ...row.description],
        numbers: [...above.flatMap(({ numbers }) => numbers), ...row.numbers],
        below: false,
      });
      waiting = [];
      continue;
    }
    const open = items.at(-1);
    const next_needs_text =
      open === undefined ||
      pricesNext(rows, i, open) ||
      place === 'above' ||
      (place === 'beside' && row.description.length > 0 && belongsBelow(rows, i));
    if (next_needs_text && (!isDetail(row) || pricesNext(rows, i, open))) waiting.push(row);
    else if (open !== undefined) {
      // Below the last item text is its own only where the receipt sets text below others too.
      // Of a lone item there is no habit to learn: what stands below it without a figure or a colon goes on with it.
      const is_lone = items.length === 1 && row.figures.row.digits === 0 && !row.figures.row.key.includes(':');
      const is_named = open.description.length > 0 && !is_lone;
      if (is_named && !isDetail(row) && isLastText(rows, i) && !items.some(({ below }) => below)) continue;
      if (!isDetail(row) && !isLastText(rows, i)) open.below = true;
      open.description.push(...row.description);
      open.numbers.push(...row.numbers);
    } else waiting.push(row);
  }
  const leading_quantity = leadsWithQuantity(items);
  return items.map((item) => finished(item, decimals, leading_quantity));
}

/** Points and counts between the items are none of them; a saving that is subtracted is. */
function isBeside(role: Role | null, money: readonly Amount[], amounts: readonly Amount[]): boolean {
  if (role === 'aside') return (money.at(-1)?.value ?? -1) >= 0;
  return role === 'count' && money.length === 0 && amounts.length > 0;
}

/** Where the receipt sets what an item is: on the row of its amount, or on rows above or below bare figures. */
type TextPlace = 'beside' | 'above' | 'below';

function textPlace(rows: readonly ItemRow[]): TextPlace {
  const with_amount = rows.filter(({ amount, is_discount }) => amount !== null && !is_discount);
  const bare = with_amount.filter(({ description }) => description.length === 0);
  if (bare.length < Math.max(1, with_amount.length / 2)) return 'beside';
  const first_text = rows.findIndex(({ amount, description }) => amount === null && description.length > 0);
  const first_amount = rows.findIndex(({ amount }) => amount !== null);
  return first_text >= 0 && first_text < first_amount ? 'above' : 'below';
}

/** Only what stands near the amount: a section title further up is no description. */
function takeAbove(waiting: readonly ItemRow[], row: ItemRow, place: TextPlace, first: boolean): readonly ItemRow[] {
  if (row.is_discount) return [];
  if (place === 'above' && row.description.length === 0) return waiting.slice(-DESCRIPTION_ROWS_MAX);
  if (first && row.description.length > 0 && place !== 'above')
    return waiting.filter((above) => above.description.length === 0);
  return waiting.slice(-DESCRIPTION_ROWS_MAX);
}

/** Between two items, text goes to the nearer one; to the upper where both are as near. */
function belongsBelow(rows: readonly ItemRow[], index: number): boolean {
  const above = rows[index - 1]?.figures.row;
  const here = rows[index]?.figures.row;
  const below = rows[index + 1];
  if (above === undefined || here === undefined || below === undefined || below.amount === null) return false;
  if (below.description.length === 0) return true;
  return below.figures.row.y - here.y < 0.8 * (here.y - above.y);
}

/** `3 x 0,85` whose product is the amount of the row below, and not of the row above. */
function pricesNext(rows: readonly ItemRow[], index: number, open: OpenItem | undefined): boolean {
  const here = rows[index];
  const below = rows[index + 1]?.amount;
  if (here === undefined || below === undefined || below === null || here.numbers.length !== 2) return false;
  const [a, b] = here.numbers;
  if (a === undefined || b === undefined) return false;
  const product = times(a.value, b.value);
  const isPriceOf = (amount: Amount): boolean => Math.abs(product - Math.abs(amount.value)) <= MONEY_SCALE / 200;
  return isPriceOf(below) && (open === undefined || !isPriceOf(open.amount));
}

function isLastText(rows: readonly ItemRow[], index: number): boolean {
  return rows.slice(index + 1).every(({ amount }) => amount === null);
}

/** `2 x 3.50`, `@3.50`, `0.456 kg x 1.99`: figures of an item, no text of their own. */
function isDetail(row: ItemRow): boolean {
  return row.description.length === 0 && row.numbers.length > 0 && /@|X|\d\s+\d|KG/.test(row.figures.row.key);
}

/** Most items open with a small whole number: it is how many. */
function leadsWithQuantity(items: readonly OpenItem[]): boolean {
  const leading = items.filter(
    ({ row }) => /^\d{1,3} ?(?:X\b)?[\s\t]/.test(row.figures.row.key) && row.description.length > 0,
  );
  return leading.length > 0 && leading.length >= 0.6 * items.length;
}

/** GTIN-8 to GTIN-14; shorter numbers are the shop's own, beside a name. */
const ARTICLE_NUMBER = /^\d{8,14}$/;

function finished(item: OpenItem, decimals: number, leading_quantity: boolean): Item {
  const { quantity, unit_price } = quantityOf(item.numbers, item.amount.value, decimals, leading_quantity);
  const used = new Set<Word>([...(quantity?.words ?? []), ...(unit_price?.words ?? [])]);
  return {
    kind: item.row.is_discount ? 'discount' : 'item',
    amount: item.amount,
    description: item.description.filter((word) => !used.has(word)),
    quantity,
    unit_price,
    row: item.row.figures.index,
    coded: item.row.figures.row.words.some(({ key }) => ARTICLE_NUMBER.test(key)),
    role: item.row.figures.role,
  };
}
