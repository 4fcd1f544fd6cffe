import { withReviewBelow } from '@slipstream/receipt-parser';
import {
  isObjectFault,
  parseMessage,
  REVIEW_BELOW,
  type Receipt,
  type ReceiptRecord,
  validateMessageSchema,
} from '@slipstream/shared';
import { type MessageHandler, processBatch } from '../work/message-batch.ts';
import { type Reviewer, reviewReceipt } from './review-receipt.ts';
import type { ValidatePorts } from './validate-ports.ts';

const RESERVE_MS = 2_000;

export interface ValidateOptions {
  /** Confidence below which a receipt is put up for review although its sums hold. */
  readonly review_below?: number;
  /** Who reads a doubtful receipt again; without one a person does. */
  readonly reviewer?: Reviewer;
}

/**
 * NEW receipts → VALID or NEEDS_REVIEW. The arithmetic comes first; only where it fails or the reading is not sure
 * enough, a language model is asked. A message about an older revision is dropped.
 */
export function createValidateReceipt(
  ports: ValidatePorts,
  { review_below = REVIEW_BELOW, reviewer }: ValidateOptions = {},
): MessageHandler {
  return (messages, invocation) =>
    processBatch(messages, invocation, {
      name: 'validate-receipt',
      ports,
      dead: ports.queues['validate-queue'].dead,
      reserveMs: RESERVE_MS,
      work: async (message, delivery) => {
        const ids = parseMessage(validateMessageSchema, message.body);
        const record = await ports.receipts.get(ids.image_id, ids.receipt_id);
        if (!record || record.revision !== ids.revision) return { ...ids, verdict: 'STALE' };
        if (record.status !== 'NEW') return { ...ids, verdict: record.status };
        const stored = await readDocument(ports, record);
        if (stored === null) return { ...ids, verdict: 'UNREADABLE' };
        // Read under another setting, perhaps, or by an earlier release.
        const receipt = withReviewBelow(stored, review_below);
        const answer =
          !isTrusted(receipt) && reviewer ? await reviewReceipt(ports, reviewer, record, receipt, delivery) : receipt;
        const reviewed = withReviewBelow(answer, review_below);
        const verdict = isTrusted(reviewed) ? 'VALID' : 'NEEDS_REVIEW';
        const changed = reviewed === stored ? undefined : reviewed;
        const isSettled = await ports.receipts.settle(record, verdict, changed);
        return { ...ids, verdict: isSettled ? verdict : 'STALE' };
      },
    });
}

/** null where the document is lost: then a person has to look, and the receipt says so. */
async function readDocument(ports: ValidatePorts, record: ReceiptRecord): Promise<Receipt | null> {
  try {
    return await ports.receipts.document(record);
  } catch (error) {
    if (!isObjectFault(error)) throw error;
    ports.logger.error({ image_id: record.image_id, receipt_id: record.receipt_id, error }, 'a document is lost');
    await ports.receipts.settleUnreadable(record, { code: error.code, message: error.message });
    return null;
  }
}

/** Nothing is to be asked about, and every sum that is printed holds. */
function isTrusted({ needs_review, checks }: Receipt): boolean {
  return !needs_review && checks.every(({ ok }) => ok);
}
