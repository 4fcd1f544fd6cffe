import { reasonsOf } from '@slipstream/receipt-parser';
import type { Changes, Receipts } from '@slipstream/records';
import { type ChangeRecord, REVIEW_BELOW, type ReceiptRecord, SlipstreamError } from '@slipstream/shared';
import { applyChanges, approved, type ReviewChange } from './apply-changes.ts';

export interface ReviewPorts {
  readonly receipts: Receipts;
  readonly changes: Changes;
}

export interface Review {
  readonly image_id: string;
  readonly receipt_id: string;
  /** That the person saw; `REVISION_OUTDATED` where the receipt has moved on. */
  readonly revision: number;
  readonly changes: readonly ReviewChange[];
  /** Takes the receipt as it stands then: REVIEWED. */
  readonly approve: boolean;
  readonly changed_by: string;
  readonly source: ChangeRecord['source'];
}

/**
 * Saves what a person changed of a receipt, with its history, in one transaction. It is never refused because sums do
 * not hold: they are computed again, and the person may approve it as it is. The record after it.
 */
export async function saveReview(
  ports: ReviewPorts,
  review: Review,
  review_below: number = REVIEW_BELOW,
): Promise<ReceiptRecord> {
  const { image_id, receipt_id } = review;
  const record = await ports.receipts.get(image_id, receipt_id);
  if (record === null) {
    throw new SlipstreamError('NOT_FOUND', `There is no receipt ${Number(receipt_id)} on the image ${image_id}.`);
  }
  if (record.revision !== review.revision) throw outdated(record, review.revision);
  if (review.changes.length === 0 && !review.approve) {
    throw new SlipstreamError('REQUEST_INVALID', 'The review has no change and does not approve.');
  }
  const before = await ports.receipts.document(record);
  const { receipt, changes } = applyChanges(before, review.changes);
  const reasons = reasonsOf(receipt, review_below);
  const isReviewed = review.approve || record.status === 'REVIEWED';
  const document = review.approve
    ? approved(receipt)
    : isReviewed
      ? { ...receipt, needs_review: false, reasons: [] }
      : { ...receipt, reasons, needs_review: reasons.length > 0 };
  const status = isReviewed ? 'REVIEWED' : record.status;
  const approval = { field: 'status', before: record.status, after: 'REVIEWED' };
  const entry = ports.changes.appendWrite({
    image_id,
    receipt_id,
    owner_id: record.owner_id,
    receipt_revision: record.revision + 1,
    changed_by: review.changed_by,
    source: review.source,
    changes: [...changes.slice(0, 49), ...(review.approve || changes.length === 0 ? [approval] : [])],
  });
  const saved = await ports.receipts.review(record, status, document, [entry]);
  if (saved !== null) return saved;
  throw outdated((await ports.receipts.get(image_id, receipt_id)) ?? record, review.revision);
}

function outdated({ revision }: ReceiptRecord, seen: number): SlipstreamError {
  return new SlipstreamError(
    'REVISION_OUTDATED',
    `The receipt has revision ${revision} by now, not ${seen}: look at it again, then repeat what still holds.`,
    { details: { revision } },
  );
}
