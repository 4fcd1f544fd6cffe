import { reasonsOf, recheckReceipt } from '@slipstream/receipt-parser';
import {
  fieldGroups,
  type Leaf,
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
  const cleared = new Set(before.cleared_fields);
  let kept: Receipt = keepUnknown(read, before);
  if (before.cleared_fields) kept = { ...kept, cleared_fields: before.cleared_fields };
  for (const group of fieldGroups(fields)) {
    if (group.kind === 'single') {
      const leaf = leafAt(before, group.path);
      if (leaf?.reviewed) kept = withLeafAt(kept, group.path, withProposal(leaf, leafAt(read, group.path)));
      else if (leaf === null && cleared.has(group.path)) kept = withLeafAt(kept, group.path, null);
    } else {
      const rows = rowsAt(before, group.list);
      const isReviewed = rows.some((row) => group.leaves.some(({ name }) => leafAt(row, name)?.reviewed));
      if (isReviewed || cleared.has(group.list)) kept = { ...kept, [group.list]: rows };
    }
  }
  const checks = recheckReceipt(kept, fields);
  const reasons = reasonsOf({ ...kept, checks }, review_below);
  return { ...kept, checks, reasons, needs_review: reasons.length > 0 };
}

/** What is read now and disagrees stands beside a person's value, who may take it. */
function withProposal({ proposal: _, ...leaf }: NonNullable<Leaf>, read: Leaf): NonNullable<Leaf> {
  if (read === null || read.value === leaf.value) return leaf;
  const { value, text, confidence, words, source } = read;
  return { ...leaf, proposal: { value, text, confidence, words, ...(source ? { source } : {}) } };
}
