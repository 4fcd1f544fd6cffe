import type { CompactionMessage } from '../contracts/messages.ts';
import type { ReceiptRecord } from '../contracts/receipt-records.ts';
import type { CompactionRunRecord } from '../contracts/records.ts';
import { SlipstreamError } from '../errors/slipstream-error.ts';

/** That a run waits to be merged; it names the first of its receipts. */
export function deltaMessage(run: CompactionRunRecord): CompactionMessage {
  const { image_id, run_id, collection, delta_key, receipts } = run;
  const [first] = receipts;
  if (!first) throw new SlipstreamError('DOCUMENT_INVALID', `The run ${run_id} is of no receipt.`);
  return { kind: 'delta', image_id, ...first, collection, run_id, delta_key };
}

/** What the index has of a receipt and can change without new rows. */
const METADATA = ['merchant_id', 'phone', 'address_key'] as const;

/**
 * What a change of a receipt means to a collection of the index; null where nothing follows from it. Rows that come or
 * change come with a run of their own; what is left is a receipt that is gone, or one of which the same rows say
 * something else.
 */
export function receiptMessage(
  before: ReceiptRecord | null,
  after: ReceiptRecord | null,
  collection: string,
): CompactionMessage | null {
  if (before === null || before.run_id === undefined) return null;
  const { image_id, receipt_id } = before;
  // Above the removed one, so that its tombstones outweigh it.
  if (after === null) return { kind: 'delete', image_id, receipt_id, collection, revision: before.revision + 1 };
  const isOfSameRows = after.run_id === before.run_id;
  if (!isOfSameRows || METADATA.every((name) => before[name] === after[name])) return null;
  return { kind: 'refresh', image_id, receipt_id, collection, revision: after.revision };
}
