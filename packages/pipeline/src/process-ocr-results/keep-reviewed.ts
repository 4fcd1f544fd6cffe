import { reasonsOf, recheckReceipt } from '@slipstream/receipt-parser';
import { REVIEW_BELOW, type Receipt } from '@slipstream/shared';
import { keepUnknown } from './keep-unknown.ts';

type Leaf = { readonly reviewed?: boolean | undefined } | null;

/**
 * A receipt that is read again, with everything that a person has reviewed on it as they left it: no machine overwrites
 * that. Rows have no name to be found by, so a list with a reviewed row stays as a whole.
 */
export function keepReviewed(read: Receipt, before: Receipt | null, review_below: number = REVIEW_BELOW): Receipt {
  if (before === null) return read;
  const carried = keepUnknown(read, before);
  const kept: Receipt = {
    ...carried,
    merchant: keptLeaves(carried.merchant, before.merchant),
    payment: keptLeaves(carried.payment, before.payment),
    ...keptLeaves(leavesOf(read), leavesOf(before)),
    line_items: keptRows(read.line_items, before.line_items),
    discounts: keptRows(read.discounts, before.discounts),
    taxes: keptRows(read.taxes, before.taxes),
  };
  const checks = recheckReceipt(kept);
  const reasons = reasonsOf({ ...kept, checks }, review_below);
  return { ...kept, checks, reasons, needs_review: reasons.length > 0 };
}

/** The leaves that stand in the receipt itself. */
function leavesOf({
  date,
  time,
  currency,
  receipt_number,
  subtotal,
  service_charge,
  tip,
  rounding,
  total,
}: Receipt): Pick<
  Receipt,
  'date' | 'time' | 'currency' | 'receipt_number' | 'subtotal' | 'service_charge' | 'tip' | 'rounding' | 'total'
> {
  return { date, time, currency, receipt_number, subtotal, service_charge, tip, rounding, total };
}

function keptLeaves<T extends { readonly [leaf: string]: Leaf }>(read: T, before: T): T {
  const kept = Object.entries(before).filter(([, leaf]) => leaf?.reviewed === true);
  return { ...read, ...Object.fromEntries(kept) };
}

function keptRows<R extends object>(read: R[], before: R[]): R[] {
  return before.some((row) => Object.values(row).some((leaf) => leaf?.reviewed === true)) ? before : read;
}
