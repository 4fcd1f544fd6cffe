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
 * What a change of a receipt means to the index. Rows that come or change come with a run of their own; what is left is
 * a receipt that is gone, or one of which the same rows say something else.
 */
export function receiptMessages(
  before: ReceiptRecord | null,
  after: ReceiptRecord | null,
  collections: readonly string[],
): readonly CompactionMessage[] {
  if (before === null || before.run_id === undefined) return [];
  const { image_id, receipt_id } = before;
  const each = (kind: 'refresh' | 'delete', revision: number) =>
    collections.map((collection): CompactionMessage => ({ kind, image_id, receipt_id, collection, revision }));
  // Above the removed one, so that its tombstones outweigh it.
  if (after === null) return each('delete', before.revision + 1);
  const isSameRun = after.run_id === before.run_id;
  return isSameRun && METADATA.some((name) => before[name] !== after[name]) ? each('refresh', after.revision) : [];
}
