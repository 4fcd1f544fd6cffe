import { DEPOSIT, DISCOUNT, SERVICE, TAX, TIP } from './charge-words.ts';
import { ASIDE, COUNT } from './count-words.ts';
import { LABEL_WORDS, type LabelWords } from './label-words.ts';
import { CHANGE, TENDERED } from './payment-words.ts';
import { ROUNDING, STRONG_TOTAL, SUBTOTAL, TOTAL } from './sum-words.ts';

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
  /** A figure about the purchase that is no part of its sum: points, savings, balances, averages. */
  | 'aside';

/** Labels whose words can be looked up by their first letters; `DUE`, `(EX)` and the like are told by their marks. */
const PLAIN = /^(?!DUE\b)[A-Z\d\s.,/#&+'-]*$/;

/** The bits of all lists: a label that is not plain has to be searched for the words of each. */
const EVERY_LIST = -1;

/** Whether the label has a word of the list; lists whose first letters it lacks are not searched. */
type Says = (list: LabelWords) => boolean;

/** A tax contained in the total, said in the total's words: `GST @6% INCLUDED IN TOTAL`, `TOTAL INCLUDES 6% GST`. */
const TAX_PART =
  /\b(?:(?:GST|SST|VAT|TAX|MWST|TVA|IVA|BTW|MOMS)\b.*\bINCL\w* IN\b|T[O0]TAL INCLUDED? |INCLUSIVE OF\b.*\bBILL\b.*(?:GST|TAX)|THEREOF|DAVON|DONT\b|DI CUI|WAARVAN|DARIN|ENTHALT|HVORAV|HERAF|VARAV)|\((?:BILL|TOTAL) INCL.*(?:GST|TAX)/;

/**
 * The role that a label gives to the figure behind it, or null where it gives none. Labels name several things at once
 * ("TOTAL SALES INCLUSIVE OF GST", "TOTAL QTY", "TOTAL AFTER ROUNDING"): what narrows stands before what is narrowed.
 */
export function roleOf(text: string): Role | null {
  if (text.length < 2) return null;
  const lists = PLAIN.test(text) ? LABEL_WORDS.listsOf(text) : EVERY_LIST;
  if (lists === 0) return null;
  const says: Says = ({ pattern, bit }) => (lists & bit) !== 0 && pattern.test(text);
  if (says(CHANGE)) return 'change';
  if (TAX_PART.test(text)) return 'tax';
  if (says(ASIDE) && !says(STRONG_TOTAL)) return says(DISCOUNT) && !/SAV/.test(text) ? 'discount' : 'aside';
  if (says(SUBTOTAL) && !/TAX AM|INCL(?!.*EXCL)/.test(text)) return 'subtotal';
  if (says(TOTAL)) return roleOfTotal(text, says);
  if (says(ROUNDING)) return 'rounding';
  if (says(SERVICE)) return 'service_charge';
  if (says(TIP)) return 'tip';
  if (says(DISCOUNT)) return 'discount';
  if (says(TAX)) return 'tax';
  if (says(DEPOSIT)) return 'deposit';
  if (says(TENDERED)) return 'tendered';
  if (says(COUNT)) return 'count';
  return null;
}

/** `TOTAL QTY`, `TOTAL NO. OF ITEMS`, `ITEMS TOTAL:`; but `ITEM 2  TOTAL WITH GST` is a total beside a count. */
const TOTAL_COUNT = new RegExp(
  `T[O0]T[A4][L1I]\\W{0,3}(?:NO\\.?|NUMBER|OF|\\W)*(?:${COUNT.pattern.source})|(?:QTY|QUANTITY)\\W+T[O0]TAL`,
);

function roleOfTotal(label: string, says: Says): Role {
  const inclusive = /INCL|INC\.|\bWITH\b|TTC|税込|AFTER/.test(label);
  if (says(DISCOUNT) && !inclusive && !/AFTER|NETT?\b/.test(label)) return 'discount';
  if (says(TAX) && !inclusive && !/T[O0]T[A4]L.*(?:PAYABLE|DUE\b)|GRAND|SALES|\+|&/.test(label)) return 'tax';
  if (TOTAL_COUNT.test(label)) return 'count';
  if (
    says(ROUNDING) &&
    !/ROUND(?:ED)?\W*(?:UP\W*)?$|R[O0]U[NR] ?D ?(?:E?D)? T[O0]TAL|TOTAL.*(?:AFTER|ROUND)|PAYABLE|AFTER/.test(label)
  )
    return 'rounding';
  if (/TENDER|RECEIVED|TOTAL PAID|TOTAL PAYMENT/.test(label)) return 'tendered';
  return 'total';
}

/** How much a total's label claims: 0 for the bare word, more where it says that nothing comes after it. */
export function totalStrength(label: string): number {
  let strength = 0;
  if (STRONG_TOTAL.pattern.test(label)) strength += 1;
  if (/GRAND|PAYABLE|R[O0]U[NR] ?D|AMOUNT DUE|BALANCE DUE|NETT? TOTAL|TO PAY|ZU ZAHLEN|AFTER/.test(label))
    strength += 1;
  return strength;
}
