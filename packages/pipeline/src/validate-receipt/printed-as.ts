import { fold, printedAmounts, printedDays } from '@slipstream/receipt-parser';
import { daySchema, decimalSchema } from '@slipstream/shared';
import type { CorrectableField } from './corrections.ts';

/**
 * Whether a value is what its printed text says: the model may choose among the readings of a text, never make one up.
 */
export function isPrintedAs(field: CorrectableField, value: string, text: string): boolean {
  switch (field) {
    case 'date':
      return daySchema.safeParse(value).success && printedDays(text).includes(value);
    case 'merchant.name':
    case 'merchant.address':
      return fold(value) === fold(text);
    default:
      return isPrintedAmount(value, text);
  }
}

/** Signs are printed in too many ways to be compared: a wrong one does not survive the sum. */
export function isPrintedAmount(value: string, text: string): boolean {
  if (!decimalSchema.safeParse(value).success) return false;
  const size = plain(value.replace('-', ''));
  return printedAmounts(text).some((amount) => plain(amount) === size);
}

function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
