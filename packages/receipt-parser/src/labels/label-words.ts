import type { LabelList } from '../languages/language.ts';
import { labelSigns, labelTerms } from '../languages/languages.ts';
import { anyWord } from '../text/any-word.ts';
import { PrefixTable, prefixesOf } from '../text/prefix-table.ts';

/** A list of label words in all languages. */
export interface LabelWords {
  readonly pattern: RegExp;
  /** Stands for this list in `LABEL_PREFIXES`. */
  readonly bit: number;
}

/** The lists by the first letters of their words: most labels, those of items, have none of them, the others one or two. */
export const LABEL_PREFIXES = new PrefixTable();
let lists = 0;

function labelWords(list: LabelList): LabelWords {
  const bit = 1 << lists;
  lists += 1;
  const at_word_start = labelTerms(list);
  for (const prefix of prefixesOf(at_word_start)) LABEL_PREFIXES.add(prefix, bit);
  return { pattern: anyWord(at_word_start, labelSigns(list)), bit };
}

export const LABEL_WORDS: Readonly<Record<LabelList, LabelWords>> = {
  total: labelWords('total'),
  strong_total: labelWords('strong_total'),
  subtotal: labelWords('subtotal'),
  rounding: labelWords('rounding'),
  tax: labelWords('tax'),
  discount: labelWords('discount'),
  service_charge: labelWords('service_charge'),
  tip: labelWords('tip'),
  deposit: labelWords('deposit'),
  tendered: labelWords('tendered'),
  change: labelWords('change'),
  count: labelWords('count'),
  aside: labelWords('aside'),
  amount: labelWords('amount'),
  tax_base: labelWords('tax_base'),
};
