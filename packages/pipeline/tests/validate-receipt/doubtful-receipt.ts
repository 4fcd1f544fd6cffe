import { parseDocument, reasonsOf, recheckReceipt } from '@slipstream/receipt-parser';
import { REVIEW_BELOW, type Receipt, type ReceiptRecord } from '@slipstream/shared';
import { createSubmitJob } from '../../src/submit-job/submit-job.ts';
import { CAFE, ocrDocument, png, publish, submit, type TestHome } from '../../testing/test-home.ts';

/** The café's receipt as an engine might misread it: everything is right but what `misread` makes of it. */
export function misreadReceipt(image_id: string, misread: (receipt: Receipt) => Receipt): Receipt {
  const [read] = parseDocument(ocrDocument('0'.repeat(64), CAFE), { image_id });
  if (!read) throw new Error('the café is no receipt any more');
  const wrong = misread(read);
  const checks = recheckReceipt(wrong);
  const reasons = reasonsOf({ ...wrong, checks }, REVIEW_BELOW);
  return { ...wrong, checks, reasons, needs_review: reasons.length > 0 };
}

/** The total as one digit was taken for another. */
export const MISREAD_TOTAL = (receipt: Receipt): Receipt => ({
  ...receipt,
  total: { value: '7.80', text: '7.80', confidence: 0.9, words: [[6, 1]] },
});

/** An image whose receipt was read so, and waits to be validated. */
export async function doubtfulReceipt(home: TestHome, misread: (receipt: Receipt) => Receipt): Promise<ReceiptRecord> {
  const image_id = await submit(home, png('doubtful'));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  const job = await publish(home, image_id, CAFE);
  if ((await home.receipts.complete(job, [misreadReceipt(image_id, misread)])) !== 'completed')
    throw new Error('not completed');
  const [record] = await home.receipts.ofImage(image_id);
  if (!record) throw new Error('no receipt');
  return record;
}
