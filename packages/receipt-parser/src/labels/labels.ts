import type { LabelList } from '../languages/language.ts';
import { phrases, phrasesSource } from '../languages/languages.ts';
import { LABEL_PREFIXES, LABEL_WORDS } from './label-words.ts';

/** What a figure's label says it is. */
export type Role =
  | 'total'
  | 'subtotal'
  | 'tax'
  | 'discount'
  | 'service_charge'
  | 'tip'
  | 'deposit'
  | 'rounding'
  | 'tendered'
  | 'change'
  | 'count'
  /** A word for money alone (`AMOUNT`, `BETRAG`): the arithmetic tells which sum it is. */
  | 'amount'
  /** What a tax is taken of. */
  | 'tax_base'
  /** A figure about the purchase that is no part of its sum: points, savings, balances, averages. */
  | 'aside';

/** Labels whose words can be looked up by their first letters; `(EX)` and other scripts are told by their signs. */
const PLAIN = /^[A-Z\d\s.,/#&+'-]*$/;

/** The bits of all lists: a label that is not plain has to be searched for the words of each. */
const EVERY_LIST = -1;

/** A longer label that has a word for money in it is one of goods. */
const AMOUNT_LABEL_MAX = 16;

/** Whether the label has a word of the list; lists whose first letters it lacks are not searched. */
type Says = (list: LabelList) => boolean;

/** A tax contained in the total, said in the total's words: `GST @6% INCLUDED IN TOTAL`, `TOTAL INCLUDES 6% GST`. */
const TAX_PART = phrases('tax_part');
const SAVING = phrases('saving');
const NOT_SUBTOTAL = phrases('not_subtotal');

/**
 * The role that a label gives to the figure behind it, or null where it gives none. Labels name several things at once
 * ("TOTAL SALES INCLUSIVE OF GST", "TOTAL QTY", "TOTAL AFTER ROUNDING"): what narrows stands before what is narrowed.
 */
export function roleOf(text: string): Role | null {
  if (text.length < 2) return null;
  const lists = PLAIN.test(text) ? LABEL_PREFIXES.listsOf(text) : EVERY_LIST;
  if (lists === 0) return null;
  const says: Says = (list) => {
    const { pattern, bit } = LABEL_WORDS[list];
    return (lists & bit) !== 0 && pattern.test(text);
  };
  // `TAX RESTO 10%`, `SVC CHG`, `COUPON REST.COM`: a restaurant's tax, charge or discount, in words for what is given back elsewhere.
  if (says('change') && !says('tax') && !says('service_charge') && !says('discount')) return 'change';
  if (TAX_PART.test(text)) return 'tax';
  if (says('aside') && (!says('strong_total') || SAVING.test(text)))
    return says('discount') && !SAVING.test(text) ? 'discount' : 'aside';
  if (says('subtotal') && !NOT_SUBTOTAL.test(text)) return 'subtotal';
  if (says('tax_base')) return 'tax_base';
  if (says('total')) return roleOfTotal(text, says);
  if (says('rounding')) return 'rounding';
  if (says('service_charge')) return 'service_charge';
  if (says('tip')) return 'tip';
  if (says('discount')) return 'discount';
  if (says('tax')) return 'tax';
  if (says('deposit')) return 'deposit';
  if (says('tendered')) return 'tendered';
  if (says('count')) return 'count';
  if (text.length <= AMOUNT_LABEL_MAX && says('amount')) return 'amount';
  return null;
}

/** `TOTAL QTY`, `TOTAL NO. OF ITEMS`, `ITEMS TOTAL:`; but `ITEM 2  TOTAL WITH GST` is a total beside a count. */
const TOTAL_COUNT = new RegExp(
  `(?:${phrasesSource('total_of')})(?:${LABEL_WORDS.count.pattern.source})|${phrasesSource('count_total')}`,
);
const INCLUSIVE = phrases('inclusive');
const AFTER_DISCOUNT = phrases('after_discount');
const TOTAL_OF_TAXES = phrases('total_of_taxes');
const ROUNDED_TOTAL = phrases('rounded_total');
const PAID_TOTAL = phrases('paid_total');
const FINAL_TOTAL = phrases('final_total');

function roleOfTotal(label: string, says: Says): Role {
  const inclusive = INCLUSIVE.test(label);
  if (says('discount') && !inclusive && !AFTER_DISCOUNT.test(label)) return 'discount';
  if (says('tax') && !inclusive && !TOTAL_OF_TAXES.test(label)) return 'tax';
  if (TOTAL_COUNT.test(label)) return 'count';
  if (says('rounding') && !ROUNDED_TOTAL.test(label)) return 'rounding';
  if (PAID_TOTAL.test(label)) return 'tendered';
  return 'total';
}

/** How much a total's label claims: 0 for the bare word, more where it says that nothing comes after it. */
export function totalStrength(label: string): number {
  let strength = 0;
  if (LABEL_WORDS.strong_total.pattern.test(label)) strength += 1;
  if (FINAL_TOTAL.test(label)) strength += 1;
  return strength;
}
