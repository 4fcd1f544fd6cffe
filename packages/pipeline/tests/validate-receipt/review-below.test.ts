import { parseDocument } from '@slipstream/receipt-parser';
import type { Receipt } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProcessOcrResults } from '../../src/process-ocr-results/process-ocr-results.ts';
import { createSubmitJob } from '../../src/submit-job/submit-job.ts';
import { createValidateReceipt } from '../../src/validate-receipt/validate-receipt.ts';
import {
  CAFE,
  context,
  ocrDocument,
  openTestHome,
  png,
  publish,
  received,
  submit,
  type TestHome,
} from '../../testing/test-home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

const SURE = [0.005, 0.2, 0.45, 0.6, 0.75, 0.9, 0.995];

/** The café's receipt, read as surely as this. */
function readAs(image_id: string, confidence: number): Receipt {
  const [read] = parseDocument(ocrDocument('0'.repeat(64), CAFE), { image_id, review_below: 0 });
  if (!read?.merchant.name || !read.date || !read.total) throw new Error('the café is no receipt any more');
  const sure = <F extends object>(field: F) => ({ ...field, confidence: 1 });
  const merchant = { ...read.merchant, name: sure(read.merchant.name) };
  return { ...read, merchant, date: sure(read.date), total: { ...read.total, confidence } };
}

async function statuses(review_below: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const confidence of SURE) {
    const image_id = await submit(home, png(`${review_below} ${confidence}`));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const job = await publish(home, image_id, CAFE);
    expect(await home.receipts.complete(job, [readAs(image_id, confidence)])).toBe('completed');
    const message = JSON.stringify({ image_id, receipt_id: '00001', revision: 1 });
    await createValidateReceipt(home, { review_below })([received('m', message)], context());
    const [record] = await home.receipts.ofImage(image_id);
    found.push(record?.status ?? 'MISSING');
    const needsReview = record && (await home.receipts.document(record)).needs_review;
    expect(needsReview).toBe(record?.status === 'NEEDS_REVIEW');
  }
  return found;
}

describe('review_below alone decides from which confidence on a reading is taken', () => {
  it.each([
    [0, 0],
    [0.01, 1],
    [0.5, 3],
    [0.99, 6],
    [1, 7],
  ])('%d: %d of seven are put up for review', async (review_below, count) => {
    expect((await statuses(review_below)).filter((status) => status === 'NEEDS_REVIEW')).toHaveLength(count);
  });

  it('in the parser as in the validator: what was read under another one is decided again', async () => {
    const image_id = await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const { job_id } = await publish(home, image_id, CAFE);
    const result = received('m', JSON.stringify({ image_id, job_id }));
    await createProcessOcrResults(home, { review_below: 1 })([result], context());
    const [read] = await home.receipts.ofImage(image_id);
    expect(read?.reason_code).toMatch(/_UNSURE$/);
    const message = JSON.stringify({ image_id, receipt_id: '00001', revision: 1 });
    await createValidateReceipt(home, { review_below: 0 })([received('m', message)], context());
    const [settled] = await home.receipts.ofImage(image_id);
    expect(settled).toMatchObject({ status: 'VALID', revision: 2 });
    expect(settled?.reason_code).toBeUndefined();
  });
});
