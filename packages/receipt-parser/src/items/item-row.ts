import type { Amount } from '../amounts/amount.ts';
import { type AmountColumn, isInColumn } from '../amounts/amount-column.ts';
import type { Word } from '../layout/word.ts';
import type { Figures } from '../zones/figures.ts';

/** What a row of the items zone holds. */
export interface ItemRow {
  readonly figures: Figures;
  /** The row's amount in the column of amounts; null on rows of text and of `2 x 3.50`. */
  readonly amount: Amount | null;
  /** Words that describe the item: no figures, codes, tax letters or signs of multiplication. */
  readonly description: readonly Word[];
  /** Numbers before the amount: quantities and unit prices. */
  readonly numbers: readonly Amount[];
  readonly is_discount: boolean;
}

/** A word that tells nothing about what was bought: tax letters, units behind a quantity, separators, long codes. */
const NOISE =
  /^(?:[*#@xX:;.,_=~^\-+|/\\()[\]&]+|SR[SC]?|ZRL?E?|Z|S|T|ES|TX|ZP|OS|[A-H]|\*S|\(S\)|\(Z\)|PCS?|EA|UNIT|UNITS|STK\.?|ST|KG|X\d*|\d+X|@.*|RM|EUR|USD|SGD|CHF|\d{6,}|[-*]{2,}.*)$/;

const DISCOUNT_ROW =
  /\bDISC|DISKAUN|RABATT|REMISE|DESCUENTO|DESCONTO|SCONTO|KORTING|COUPON|VOUCHER|\bPROMO|\bLESS\b|POTONGAN|\bDISKON|\bRABAT\b|SLEVA|INDIRIM|割引|値引|할인|MARKDOWN|REDUCTION|SAVING|\bOFF\b/;

export function itemRowOf(figures: Figures, column: AmountColumn | null): ItemRow {
  const last = figures.money.at(-1) ?? null;
  const is_detail = /^\W*(?:\d+[.,]?\d*\s*)?(?:@|X\s*(?:RM|\$|€|£)?\s*\d)/.test(figures.row.key);
  const amount =
    last !== null && (column === null ? !is_detail : isInColumn(last, column)) && !isUnitPrice(figures, last)
      ? last
      : null;
  const numbers = figures.amounts.filter(
    (number) => number !== amount && (amount === null || number.from < amount.from),
  );
  const figure_words = new Set<Word>([
    ...(amount?.words ?? []),
    ...numbers.filter((n) => isBareNumber(n, figures)).flatMap(({ words }) => words),
  ]);
  const description = figures.row.words.filter((word) => !figure_words.has(word) && !NOISE.test(word.key));
  const text = description.map(({ key }) => key).join(' ');
  const has_text = (text.match(/\p{L}/gu)?.length ?? 0) >= 2;
  return {
    figures,
    amount,
    description: has_text ? description : [],
    numbers,
    is_discount:
      amount !== null &&
      DISCOUNT_ROW.test(figures.row.key) &&
      (amount.value < 0 ||
        /^\W*(?:\p{L}+\W+)?(?:DISC|LESS|RABATT|REMISE|DESC|SCONTO|KORTING|COUPON|VOUCHER|PROMO)/u.test(text)),
  };
}

/** `@ 3.50` and `x 3.50` at the end of a row price one unit, also where they reach the column of amounts. */
function isUnitPrice(figures: Figures, last: Amount): boolean {
  const before = figures.row.key.slice(0, last.from).trimEnd();
  return /(?:@|(?:^|[\d\s])X|\bA)$/.test(before) && figures.money.length === 1 && !/\p{L}{4,}/u.test(before);
}

/** A number that is a quantity or a price, not part of the description ("COKE 1.5L", "100 PLUS"). */
function isBareNumber(number: Amount, figures: Figures): boolean {
  if (number.kind !== 'number') return true;
  const behind = figures.row.key.slice(number.to);
  const before = figures.row.key.slice(0, number.from);
  return /^\s*$/.test(before) || /(?:\t|@ ?|X ?)$/.test(before) || /^(?:\t|\s*(?:X\b|@|PCS?\b|KG\b|$))/.test(behind);
}
