import { reasonsOf, recheckReceipt } from '@slipstream/receipt-parser';
import {
  fieldGroups,
  leafAt,
  RECEIPT_FIELDS,
  REVIEW_BELOW,
  type Receipt,
  type ReceiptFieldTable,
  rowsAt,
  withLeafAt,
} from '@slipstream/shared';
import { keepUnknown } from './keep-unknown.ts';

/**
 * A receipt that is read again, with everything that a person has reviewed on it as they left it: no machine overwrites
 * that. Rows have no name to be found by, so a list with a reviewed row stays as a whole.
 */
export function keepReviewed(
  read: Receipt,
  before: Receipt | null,
  review_below: number = REVIEW_BELOW,
  fields: ReceiptFieldTable = RECEIPT_FIELDS,
): Receipt {
  if (before === null) return read;
  let kept = keepUnknown(read, before);
  for (const group of fieldGroups(fields)) {
    if (group.kind === 'single') {
      const leaf = leafAt(before, group.path);
      if (leaf?.reviewed) kept = withLeafAt(kept, group.path, leaf);
    } else {
      const rows = rowsAt(before, group.list);
      const isReviewed = rows.some((row) => group.leaves.some(({ name }) => leafAt(row, name)?.reviewed));
      if (isReviewed) kept = { ...kept, [group.list]: rows };
    }
  }
  const checks = recheckReceipt(kept, fields);
  const reasons = reasonsOf({ ...kept, checks }, review_below);
  return { ...kept, checks, reasons, needs_review: reasons.length > 0 };
}
