import { fold, printedAmounts, printedDays } from '@slipstream/receipt-parser';
import { type CorrectableField, daySchema, decimalSchema, RECEIPT_FIELDS } from '@slipstream/shared';

/**
 * Whether a value is what its printed text says: the model may choose among the readings of a text, never make one up.
 */
export function isPrintedAs(field: CorrectableField, value: string, text: string): boolean {
  switch (RECEIPT_FIELDS[field].kind) {
    case 'day':
      return daySchema.safeParse(value).success && printedDays(text).includes(value);
    case 'text':
      return fold(value) === fold(text);
    case 'decimal':
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
