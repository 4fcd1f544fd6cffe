import { parseMessage, type Receipt, validateMessageSchema } from '@slipstream/shared';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { FunctionPorts, InvocationContext } from '../runtime/function-ports.ts';
import { processBatch } from '../runtime/sqs-batch.ts';

const RESERVE_MS = 2_000;

/** Below this a receipt is put up for review although its sums hold. */
export const REVIEW_BELOW = 0.5;

/** NEW receipts → VALID or NEEDS_REVIEW. A message about an older revision is dropped. */
export function createValidateReceipt(
  ports: FunctionPorts,
  reviewBelow: number = REVIEW_BELOW,
): (event: SQSEvent, context: InvocationContext) => Promise<SQSBatchResponse> {
  return (event, context) =>
    processBatch(event, context, {
      name: 'validate-receipt',
      logger: ports.logger,
      queue: ports.queues.validate,
      reserveMs: RESERVE_MS,
      work: async (record) => {
        const { image_id, receipt_id, revision } = parseMessage(validateMessageSchema, record.body);
        const receipt = await ports.receipts.get(image_id, receipt_id);
        if (!receipt || receipt.revision !== revision) return { image_id, receipt_id, revision, verdict: 'STALE' };
        if (receipt.status !== 'NEW') return { image_id, receipt_id, revision, verdict: receipt.status };
        const document = await ports.receipts.document(receipt);
        const verdict = isTrusted(document, receipt.confidence, reviewBelow) ? 'VALID' : 'NEEDS_REVIEW';
        const settled = await ports.receipts.settle(receipt, verdict);
        return { image_id, receipt_id, revision, verdict: settled ? verdict : 'STALE' };
      },
    });
}

/** The parser found nothing to ask about, every sum that is printed holds, and it is sure enough. */
function isTrusted(receipt: Receipt, confidence: number, reviewBelow: number): boolean {
  return !receipt.needs_review && receipt.checks.every((check) => check.ok) && confidence >= reviewBelow;
}
