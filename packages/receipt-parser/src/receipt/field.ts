import type { WordReference } from '@slipstream/shared';
import type { Amount } from '../amounts/amount.ts';
import { moneyToDecimal } from '../amounts/money.ts';
import { readRightly } from '../confidence/probability.ts';
import { printed } from '../layout/row.ts';
import type { Word } from '../layout/word.ts';

/** A leaf of the receipt as the schema has it. */
export interface Field {
  value: string;
  text: string;
  confidence: number;
  words: WordReference[];
}

/** A field from the words it stands in; `text` as printed where it is not simply the words joined. */
export function fieldOf(
  value: string,
  words: readonly Word[],
  confidence: number,
  text: string = printed(words),
): Field {
  const references: WordReference[] = [];
  for (const { line, index } of words) if (index !== null) references.push([line, index]);
  return { value, text, confidence: Math.max(0, Math.min(1, confidence)), words: references };
}

/** An amount's field; `chosen` is the chance that it was taken for the right thing, its words' reading comes on top. */
export function amountField(amount: Amount, chosen: number, decimals: number, sign: 1 | -1 = 1): Field {
  return fieldOf(moneyToDecimal(sign * amount.value, decimals), amount.words, chosen * readRightly(amount.words));
}
