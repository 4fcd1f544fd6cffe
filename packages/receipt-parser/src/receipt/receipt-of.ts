import type { Reason, Receipt } from '@slipstream/shared';
import { checksOf } from '../checks/checks.ts';
import { withCodes } from '../checks/codes-check.ts';
import { figuresOfPrint } from '../checks/figures-of-print.ts';
import type { FiscalCode } from '../codes/fiscal-code.ts';
import { confidenceOf, readRightly } from '../confidence/probability.ts';
import type { Reading } from '../read-receipt.ts';
import { type Field, fieldOf } from './field.ts';
import { discountsOf, lineItemsOf } from './line-items.ts';
import { contactField, merchantFields } from './merchant-fields.ts';
import { notPrinted } from './not-printed.ts';
import { RATES } from './rates.ts';
import { reasonsOf } from './reasons.ts';
import { paymentFields, summaryFields } from './summary-fields.ts';

/** Makes the receipt of what was read: values, confidences, checks, and why a person should look at it. */
export function receiptOf(
  reading: Reading,
  ids: { image_id: string; receipt_id: string },
  review_below: number,
  codes: readonly FiscalCode[] = [],
): Receipt {
  const { solution, style, number } = reading;
  const { decimals } = style;
  const checked = figuresOfPrint(solution, decimals);
  const chosen = solution.reconciliation === null ? RATES.summary.unproven : RATES.summary.proven;
  const not_printed = notPrinted(reading);
  const printed = {
    merchant: merchantFields(reading),
    date: dateField(reading),
    ...summaryFields(reading),
    checks: checked === null ? [] : checksOf(checked),
    ...(not_printed.length === 0 ? {} : { not_printed }),
  };
  const read = withCodes(printed, codes, decimals);
  const reasons = [...(reading.is_double ? [SEVERAL_RECEIPTS] : []), ...reasonsOf(read, review_below)];
  return {
    schema_version: 1,
    ...ids,
    ...read,
    time: timeField(reading),
    currency: currencyField(reading),
    receipt_number: number === null ? null : contactField(number, RATES.receipt_number),
    line_items: lineItemsOf(solution, decimals),
    discounts: discountsOf(solution, decimals),
    payment: paymentFields(reading.payment, chosen, decimals),
    merchant_match: null,
    needs_review: reasons.length > 0,
    reasons,
  };
}

const SEVERAL_RECEIPTS: Reason = {
  code: 'SEVERAL_RECEIPTS',
  message: 'The picture seems to show more than one receipt, which could not be set apart.',
};

/** Of two days that the print can mean as well as the other, one is right half of the time, whatever else speaks for it. */
const OPEN_ORDER_CONFIDENCE_MAX = 0.6;

function dateField({ date, page_confidence }: Reading): Field | null {
  if (date === null) return null;
  const confidence = confidenceOf({ kind: 'date', date }, page_confidence);
  return fieldOf(
    date.value,
    date.words,
    date.order_known ? confidence : Math.min(confidence, OPEN_ORDER_CONFIDENCE_MAX),
  );
}

function timeField({ time }: Reading): Field | null {
  return time === null ? null : fieldOf(time.value, time.words, RATES.time[time.place] * readRightly(time.words));
}

/** The country tells the currency where none is printed; there are no words to point at then. */
function currencyField({ currency }: Reading): Field | null {
  if (currency === null) return null;
  const { code, shown_by } = currency;
  return shown_by === null
    ? fieldOf(code, [], RATES.currency.country)
    : fieldOf(code, shown_by, RATES.currency.printed);
}
