import type { OcrDocument, Receipt } from '@slipstream/shared';
import { numberStyleOf } from './amounts/number-style.ts';
import { checksOf } from './checks/checks.ts';
import { solve } from './checks/solve.ts';
import { confidenceOf, readRightly } from './confidence/probability.ts';
import { countryOf, currencyOf } from './country/country-of.ts';
import { chooseDate } from './dates/choose-date.ts';
import { findTime } from './dates/find-time.ts';
import { piecesOf } from './layout/frame.ts';
import type { Row } from './layout/row.ts';
import { rowsOf } from './layout/rows.ts';
import { readPayment } from './payment/read-payment.ts';
import { findReceiptNumber } from './payment/receipt-number.ts';
import { type Field, fieldOf } from './receipt/field.ts';
import { discountsOf, lineItemsOf } from './receipt/line-items.ts';
import { contactField, merchantFields } from './receipt/merchant-fields.ts';
import { RATES } from './receipt/rates.ts';
import { reasonsOf } from './receipt/reasons.ts';
import { paymentFields, summaryFields } from './receipt/summary-fields.ts';
import { figuresOf } from './zones/figures.ts';

/** Reads one receipt from the given lines of the document; null where they hold none. */
export function parseReceipt(
  document: OcrDocument,
  line_indices: readonly number[],
  ids: { image_id: string; receipt_id: string },
): Receipt | null {
  const rows = rowsOf(piecesOf(document, line_indices));
  const style = numberStyleOf(rows);
  const { decimals } = style;
  const figures = figuresOf(rows, style);
  const country = countryOf(rows)?.country ?? null;
  const solution = solve(figures, style);
  const days = dayFields(rows, country?.date_order ?? null);
  if (solution.total === null && days.date === null) return null;

  const number = findReceiptNumber(rows);
  const currency = currencyOf(
    figures.flatMap(({ amounts }) => amounts),
    country,
  );
  const below_items = [...solution.zones.summary, ...solution.zones.tax_table];
  const read = {
    merchant: merchantFields(rows, solution.zones.head, country),
    ...days,
    ...summaryFields(solution, decimals),
    checks: checksOf(solution, decimals),
  };
  const reasons = reasonsOf(read);
  return {
    schema_version: 1,
    ...ids,
    ...read,
    currency:
      currency === null
        ? null
        : fieldOf(
            currency.code,
            currency.shown_by?.words ?? [],
            currency.shown_by === null ? RATES.currency.country : RATES.currency.printed,
          ),
    receipt_number: number === null ? null : contactField(number, RATES.receipt_number),
    line_items: lineItemsOf(solution, decimals),
    discounts: discountsOf(solution, decimals),
    payment: paymentFields(
      readPayment(solution.summary, below_items),
      solution.reconciliation === null ? RATES.summary.unproven : RATES.summary.proven,
      decimals,
    ),
    merchant_match: null,
    needs_review: reasons.length > 0,
    reasons,
  };
}

function dayFields(
  rows: readonly Row[],
  usual: 'dmy' | 'mdy' | 'ymd' | null,
): { date: Field | null; time: Field | null } {
  const date = chooseDate(rows, usual);
  const time = findTime(rows, date?.row ?? null, date?.words ?? []);
  return {
    date: date === null ? null : fieldOf(date.value, date.words, confidenceOf({ kind: 'date', date }, date.words)),
    time: time === null ? null : fieldOf(time.value, time.words, RATES.time[time.place] * readRightly(time.words)),
  };
}
