import { startsAnyWord } from '../text/any-word.ts';
import {
  ASIDE,
  CHANGE,
  COUNT,
  DEPOSIT,
  DISCOUNT,
  LABEL_PREFIXES,
  ROUNDING,
  SERVICE,
  STRONG_TOTAL,
  SUBTOTAL,
  TAX,
  TENDERED,
  TIP,
  TOTAL,
} from './label-words.ts';

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

/** A tax contained in the total, said in the total's words: `GST @6% INCLUDED IN TOTAL`, `TOTAL INCLUDES 6% GST`. */
const TAX_PART =
  /\b(?:(?:GST|SST|VAT|TAX|MWST|TVA|IVA|BTW|MOMS)\b.*\bINCL\w* IN\b|T[O0]TAL INCLUDED? |INCLUSIVE OF\b.*\bBILL\b.*(?:GST|TAX)|THEREOF|DAVON|DONT\b|DI CUI|WAARVAN|DARIN|ENTHALT|HVORAV|HERAF|VARAV)|\((?:BILL|TOTAL) INCL.*(?:GST|TAX)/;

/**
 * The role that a label gives to the figure behind it, or null where it gives none. Labels name several things at once
 * ("TOTAL SALES INCLUSIVE OF GST", "TOTAL QTY", "TOTAL AFTER ROUNDING"): what narrows stands before what is narrowed.
 */
export function roleOf(label: string): Role | null {
  if (label.length < 2) return null;
  if (PLAIN.test(label) && !startsAnyWord(label, LABEL_PREFIXES)) return null;
  const is_total = TOTAL.test(label);
  if (CHANGE.test(label)) return 'change';
  if (TAX_PART.test(label)) return 'tax';
  if (ASIDE.test(label) && !STRONG_TOTAL.test(label))
    return DISCOUNT.test(label) && !/SAV/.test(label) ? 'discount' : 'aside';
  if (SUBTOTAL.test(label) && !/TAX AM|INCL(?!.*EXCL)/.test(label)) return 'subtotal';
  if (is_total) return roleOfTotal(label);
  if (ROUNDING.test(label)) return 'rounding';
  if (SERVICE.test(label)) return 'service_charge';
  if (TIP.test(label)) return 'tip';
  if (DISCOUNT.test(label)) return 'discount';
  if (TAX.test(label)) return 'tax';
  if (DEPOSIT.test(label)) return 'deposit';
  if (TENDERED.test(label)) return 'tendered';
  if (COUNT.test(label)) return 'count';
  return null;
}

/** `TOTAL QTY`, `TOTAL NO. OF ITEMS`, `ITEMS TOTAL:`; but `ITEM 2  TOTAL WITH GST` is a total beside a count. */
const TOTAL_COUNT = new RegExp(
  `T[O0]T[A4][L1I]\\W{0,3}(?:NO\\.?|NUMBER|OF|\\W)*(?:${COUNT.source})|(?:QTY|QUANTITY)\\W+T[O0]TAL`,
);

function roleOfTotal(label: string): Role {
  const inclusive = /INCL|INC\.|\bWITH\b|TTC|税込|AFTER/.test(label);
  if (DISCOUNT.test(label) && !inclusive && !/AFTER|NETT?\b/.test(label)) return 'discount';
  if (TAX.test(label) && !inclusive && !/T[O0]T[A4]L.*(?:PAYABLE|DUE\b)|GRAND|SALES|\+|&/.test(label)) return 'tax';
  if (TOTAL_COUNT.test(label)) return 'count';
  if (
    ROUNDING.test(label) &&
    !/ROUND(?:ED)?\W*(?:UP\W*)?$|R[O0]U[NR] ?D ?(?:E?D)? T[O0]TAL|TOTAL.*(?:AFTER|ROUND)|PAYABLE|AFTER/.test(label)
  )
    return 'rounding';
  if (/TENDER|RECEIVED|TOTAL PAID|TOTAL PAYMENT/.test(label)) return 'tendered';
  return 'total';
}

/** How much a total's label claims: 0 for the bare word, more where it says that nothing comes after it. */
export function totalStrength(label: string): number {
  let strength = 0;
  if (STRONG_TOTAL.test(label)) strength += 1;
  if (/GRAND|PAYABLE|R[O0]U[NR] ?D|AMOUNT DUE|BALANCE DUE|NETT? TOTAL|TO PAY|ZU ZAHLEN|AFTER/.test(label))
    strength += 1;
  return strength;
}
