import { withReviewBelow } from '@slipstream/receipt-parser';
import { putDocument } from '@slipstream/records';
import {
  type Receipt,
  type ReceiptRecord,
  rawKey,
  receiptSchema,
  recordKeys,
  type StoredRecord,
} from '@slipstream/shared';
import { ADDED_LATER, withUnknownFields } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { createStreamProcessor } from '../src/stream-processor/stream-processor.ts';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
import { createSweeper } from '../src/sweeper/sweeper.ts';
import { applyCorrections } from '../src/validate-receipt/apply-corrections.ts';
import { createValidateReceipt } from '../src/validate-receipt/validate-receipt.ts';
import {
  CAFE,
  changesOf,
  context,
  ocrDocument,
  openTestHome,
  png,
  publish,
  received,
  submit,
  type TestHome,
} from '../testing/test-home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

async function readAgain(image_id: string): Promise<void> {
  const { job_id } = await publish(home, image_id, CAFE);
  await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id }))], context());
}

const recordsOf = async (image_id: string): Promise<readonly StoredRecord[]> =>
  (await home.store.records.query({ partition: `IMAGE#${image_id}`, limit: 100 })).items;

async function current(image_id: string): Promise<ReceiptRecord> {
  const [record] = await home.receipts.ofImage(image_id);
  if (!record) throw new Error('there is no receipt');
  return record;
}

/** An image that is read, whose receipt's document and whose records a later release has written to since. */
async function writtenByLaterRelease(): Promise<{ readonly image_id: string; readonly document: Receipt }> {
  const image_id = await submit(home, png('a'));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  await readAgain(image_id);
  const record = await current(image_id);
  const document = withUnknownFields(await home.receipts.document(record));
  await putDocument(home.artifacts, record.object_key, receiptSchema, document);
  for (const { pk, sk } of await recordsOf(image_id)) {
    await home.store.records.write({ kind: 'update', key: { pk, sk }, set: { added_later: ADDED_LATER } });
  }
  return { image_id, document };
}

async function expectRecordsKept(image_id: string, types = ['IMAGE', 'RECEIPT']): Promise<void> {
  const records = await recordsOf(image_id);
  for (const type of types) {
    expect(records.find((record) => record.type === type)?.added_later, type).toEqual(ADDED_LATER);
  }
}

const ALL = ['IMAGE', 'OCR_JOB', 'OCR_ROUTING_DECISION', 'RECEIPT', 'UPLOAD'];

describe('what a later release wrote survives', () => {
  it('validation that changes the document', async () => {
    const { image_id, document } = await writtenByLaterRelease();
    const { revision, object_key } = await current(image_id);
    const message = received('v', JSON.stringify({ image_id, receipt_id: '00001', revision }));
    await createValidateReceipt(home, { review_below: 1 })([message], context());
    const settled = await current(image_id);
    expect(settled).toMatchObject({ status: 'NEEDS_REVIEW' });
    expect(settled.object_key).not.toBe(object_key);
    const { needs_review, reasons } = await home.receipts.document(settled);
    expect(await home.receipts.document(settled)).toEqual({ ...document, needs_review, reasons });
    await expectRecordsKept(image_id, ALL);
  });

  it('a person who says whom the receipt is from', async () => {
    const { image_id, document } = await writtenByLaterRelease();
    const merchant = { merchant_id: crypto.randomUUID(), name: 'Corner Cafe' };
    const assigned = await home.receipts.assign(image_id, '00001', merchant);
    if (assigned === null) throw new Error('there is no receipt');
    const { merchant_match, needs_review, reasons } = await home.receipts.document(assigned);
    expect(await home.receipts.document(assigned)).toEqual({ ...document, merchant_match, needs_review, reasons });
    await expectRecordsKept(image_id, ALL);
  });

  it.each(['NEW', 'REVIEWED'] as const)('another reading of a receipt that is %s', async (status) => {
    const { image_id, document } = await writtenByLaterRelease();
    const { pk, sk } = await current(image_id);
    await home.store.records.write({ kind: 'update', key: { pk, sk }, set: { status } });
    await home.jobs.reprocess(image_id, 'again');
    await readAgain(image_id);
    const read = await home.receipts.document(await current(image_id));
    expect(read).toMatchObject({
      added_later: ADDED_LATER,
      merchant: { added_later: ADDED_LATER },
      payment: { added_later: ADDED_LATER },
    });
    expect(read.total?.value).toBe(document.total?.value);
    await expectRecordsKept(image_id);
  });

  it('another reading of a receipt that is filed, and linked to a payment', async () => {
    const { image_id, document } = await writtenByLaterRelease();
    const { pk, sk, object_key } = await current(image_id);
    const filed = { category: { category_id: 'meals', why: 'person' as const }, tags: ['trip'] };
    await putDocument(home.artifacts, object_key, receiptSchema, { ...document, ...filed });
    const links = [{ kind: 'bank_transaction', id: '17' }];
    await home.store.records.write({ kind: 'update', key: { pk, sk }, set: { links } });
    await home.jobs.reprocess(image_id, 'again');
    await readAgain(image_id);
    expect(await current(image_id)).toMatchObject({ links });
    expect(await home.receipts.document(await current(image_id))).toMatchObject(filed);
  });

  it('an agent that takes a job, gives it back and publishes it', async () => {
    const { image_id } = await writtenByLaterRelease();
    const { job_id } = await home.jobs.reprocess(image_id, 'again');
    const key = recordKeys.ocrJob(image_id, job_id);
    await home.store.records.write({ kind: 'update', key, set: { added_later: ADDED_LATER } });
    const claim = await home.jobs.claim(image_id, job_id, { owner: 'a', expires_at: home.clock.now() + 60_000 });
    if (claim.kind !== 'claimed') throw new Error(`the job is ${claim.kind}`);
    await home.jobs.renew(claim.job, home.clock.now() + 90_000);
    await home.jobs.giveBack(claim.job, { code: 'ENGINE_FAILED', message: 'once' });
    await readAgain(image_id);
    expect(await home.store.records.get(key)).toMatchObject({ status: 'COMPLETED', added_later: ADDED_LATER });
    await expectRecordsKept(image_id, ALL);
  });

  it('the same file that comes again, announced again and after its job has failed', async () => {
    const { image_id } = await writtenByLaterRelease();
    const job = (await home.jobs.reprocess(image_id, 'again')) ?? null;
    await home.jobs.fail(job, { code: 'OBJECT_LOST', message: 'its file is missing' });
    await home.raw.delete(rawKey(image_id));
    await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect(await home.jobs.current(image_id)).toMatchObject({ job: { status: 'PENDING', generation: 3 } });
    await expectRecordsKept(image_id, ALL);
  });

  it('what follows changes, and merchants that are renamed and merged', async () => {
    const { image_id, document } = await writtenByLaterRelease();
    await createStreamProcessor(home)(await changesOf(home), context());
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const phone = { kind: 'phone', value: '+441632960123' };
    for (const write of [
      home.merchants.createWrite(one, 'Corner Cafe'),
      home.merchants.createWrite(other, 'Cafe'),
      home.merchants.takeKeyWrite(one, phone),
    ])
      await home.store.records.transact([write]);
    const keys = [
      recordKeys.merchant(one),
      recordKeys.merchant(other),
      recordKeys.merchantKey(phone.kind, phone.value),
    ];
    for (const key of keys) await home.store.records.write({ kind: 'update', key, set: { added_later: ADDED_LATER } });
    await home.merchantChanges.rename(one, 'The Corner Cafe');
    await home.merchantChanges.merge(one, other);
    for (const key of keys) expect(await home.store.records.get(key)).toMatchObject({ added_later: ADDED_LATER });
    expect(await home.receipts.document(await current(image_id))).toEqual(document);
    await expectRecordsKept(image_id, ALL);
  });

  it('the sweeper', async () => {
    const { image_id, document } = await writtenByLaterRelease();
    await home.clock.advance(25 * 3_600_000);
    await createSweeper(home)(context());
    expect(await home.receipts.document(await current(image_id))).toEqual(document);
    await expectRecordsKept(image_id, ALL);
  });

  it('corrections of a model: in the fields that it confirms and the rows that it changes, too', async () => {
    const { document } = await writtenByLaterRelease();
    const amount = { value: '-1.00', text: '-1.00', confidence: 0.5, words: [] };
    const receipt = withReviewBelow({ ...document, discounts: withUnknownFields([{ label: null, amount }]) }, 0.99);
    const { receipt: corrected, taken } = applyCorrections(
      receipt,
      ocrDocument('0'.repeat(64), [...CAFE, 'Voucher  0.00']),
      {
        fields: [{ field: 'total', value: '7.50', text: '7.50', reason: 'it is printed' }],
        rows: [
          { rows: 'discounts', action: 'set', index: 0, label: 'Voucher', amount: '0.00', text: '0.00', reason: '' },
        ],
      },
    );
    expect(taken).toBe(1);
    expect(corrected).toMatchObject({
      added_later: ADDED_LATER,
      total: { added_later: ADDED_LATER },
      discounts: [{ label: { value: 'Voucher' }, amount: { value: '0.00' }, added_later: ADDED_LATER }],
    });
    const { checks, reasons, needs_review, total, discounts } = corrected;
    expect(corrected).toEqual({ ...receipt, checks, reasons, needs_review, total, discounts });
  });
});
