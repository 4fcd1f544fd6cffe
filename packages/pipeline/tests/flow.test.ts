import { readFileSync } from 'node:fs';
import { NOTHING_SWEPT } from '@slipstream/records';
import {
  type OcrJobRecord,
  parseMessage,
  parseReceiptKey,
  receiptSchema,
  recordKeys,
  validateMessageSchema,
} from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { createStreamProcessor } from '../src/stream-processor/stream-processor.ts';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
import { createSweeper } from '../src/sweeper/sweeper.ts';
import { createValidateReceipt } from '../src/validate-receipt/validate-receipt.ts';
import {
  CAFE,
  changesOf,
  context,
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

const MINUTE = 60_000;
const GOLDEN = new URL('../../../packages/shared/golden/receipt.json', import.meta.url);
const TRUSTED = {
  ...receiptSchema.parse(JSON.parse(readFileSync(GOLDEN, 'utf8'))),
  checks: [{ id: 'sum', ok: true, expected: '12.50', actual: '12.50' }],
  needs_review: false,
  reasons: [],
};

async function published(lines: readonly string[], name = 'a'): Promise<OcrJobRecord> {
  const image_id = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  return publish(home, image_id, lines);
}
const resultOf = ({ image_id, job_id }: OcrJobRecord, id = 'm1') => received(id, JSON.stringify({ image_id, job_id }));
const processResult = (job: OcrJobRecord, ports = home) => createProcessOcrResults(ports)([resultOf(job)], context());

describe('process-ocr-results', () => {
  it('stores the receipts and completes the job in one transaction', async () => {
    const job = await published(CAFE);
    expect(await processResult(job)).toEqual({ retry: [] });
    expect(await home.jobs.get(job.image_id, job.job_id)).toMatchObject({ status: 'COMPLETED', receipt_count: 1 });
    const [record] = await home.receipts.ofImage(job.image_id);
    expect(record).toMatchObject({
      status: 'NEW',
      revision: 1,
      date: '2026-03-14',
      total: '7.50',
    });
    if (!record) throw new Error('no record');
    expect(parseReceiptKey(record.object_key)).toEqual({
      image_id: job.image_id,
      receipt_id: '00001',
      job_id: job.job_id,
      revision: 1,
    });
    expect((await home.receipts.document(record)).total).toMatchObject({ value: '7.50' });
  });

  it('a picture whose file is cut off is for a person to look at, whatever was read on it', async () => {
    const image_id = await submit(home, png('cut'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const job = await publish(home, image_id, CAFE, { truncated: true });
    await createProcessOcrResults(home, { review_below: 0.01 })([resultOf(job)], context());
    const [record] = await home.receipts.ofImage(image_id);
    if (!record) throw new Error('no record');
    const document = await home.receipts.document(record);
    expect(document).toMatchObject({ needs_review: true, total: { value: '7.50' } });
    expect(document.reasons.map(({ code }) => code)).toContain('IMAGE_TRUNCATED');
  });

  it('the same result again changes nothing', async () => {
    const job = await published(CAFE);
    await processResult(job);
    const before = await home.receipts.ofImage(job.image_id);
    expect(await processResult(job)).toEqual({ retry: [] });
    expect(await home.receipts.ofImage(job.image_id)).toEqual(before);
  });

  it('two at once: one set of receipts', async () => {
    const job = await published(CAFE);
    const responses = await Promise.all([processResult(job), processResult(job), processResult(job)]);
    // Who loses is told to come again, and then finds it done.
    for (const response of responses) expect(response.retry.length).toBeLessThanOrEqual(1);
    await processResult(job);
    expect(await home.receipts.ofImage(job.image_id)).toMatchObject([{ revision: 1 }]);
  });

  it('an image without a receipt completes with none, and leaves nothing open', async () => {
    const job = await published(['Dear Anna', 'it was lovely to see you', 'kind regards']);
    await processResult(job);
    expect(await home.jobs.get(job.image_id, job.job_id)).toMatchObject({ status: 'COMPLETED', receipt_count: 0 });
    expect(await home.receipts.routing(job.image_id, job.job_id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('reprocessing replaces the receipts as a set', async () => {
    const job = await published(CAFE);
    await processResult(job);
    const next = await home.jobs.reprocess(job.image_id, 'c');
    expect(next).toMatchObject({ generation: 2, status: 'PENDING' });
    const again = await publish(home, job.image_id, ['no receipt at all']);
    await processResult(again);
    expect(await home.receipts.ofImage(job.image_id)).toEqual([]);
    expect(await home.jobs.current(job.image_id)).toMatchObject({ job: { status: 'COMPLETED', receipt_count: 0 } });
  });

  it('a document that is not readable fails the job for good, with a dead letter', async () => {
    const job = await published(CAFE);
    await home.artifacts.put(job.document_key ?? '', Buffer.from('not gzip'));
    expect(await processResult(job)).toEqual({ retry: [] });
    expect(await home.jobs.get(job.image_id, job.job_id)).toMatchObject({
      status: 'FAILED',
      reason_code: 'DOCUMENT_INVALID',
    });
    expect((await home.queues['ocr-results-queue'].dead.list({ limit: 5 })).items).toMatchObject([
      { id: 'm1', reason: { code: 'DOCUMENT_INVALID' } },
    ]);
  });

  it('an unexpected failure is counted in the job, and the fifth is the last', async () => {
    const job = await published(CAFE);
    const artifacts = Object.create(home.artifacts, { get: { value: () => Promise.reject(new Error('boom')) } });
    for (let failure = 1; failure <= 5; failure += 1) {
      expect(await processResult(job, { ...home, artifacts })).toEqual({ retry: ['m1'] });
      expect(await home.jobs.get(job.image_id, job.job_id)).toMatchObject({
        attempts: failure,
        status: failure < 5 ? 'OCR_DONE' : 'FAILED',
      });
    }
    expect(await processResult(job)).toEqual({ retry: [] });
  });

  it('a result for a job that does not exist is a dead letter', async () => {
    const job = await published(CAFE);
    await processResult({ ...job, job_id: job.image_id });
    expect((await home.queues['ocr-results-queue'].dead.list({ limit: 5 })).items).toMatchObject([
      { reason: { code: 'JOB_NOT_FOUND' } },
    ]);
  });
});

describe('stream-processor and validate-receipt', () => {
  it.each([
    ['sums that hold', {}, 'VALID'],
    [
      'a sum that does not hold',
      { checks: [{ id: 'sum', ok: false, expected: '12.50', actual: '9.00' }] },
      'NEEDS_REVIEW',
    ],
    ['doubts of the parser', { needs_review: true }, 'NEEDS_REVIEW'],
    [
      'a total that is not sure',
      { total: { value: '12.50', text: '12.50', confidence: 0.2, words: [] } },
      'NEEDS_REVIEW',
    ],
    ['no date', { date: null }, 'NEEDS_REVIEW'],
  ])('a receipt with %s is settled as it deserves', async (_, differences, status) => {
    const job = await published(CAFE);
    await home.receipts.complete(job, [receiptSchema.parse({ ...TRUSTED, ...differences, image_id: job.image_id })]);
    await createStreamProcessor(home)(await changesOf(home), context());
    await home.drain(home.queues['validate-queue'], createValidateReceipt(home, { review_below: 0.5 }));
    expect(await home.receipts.ofImage(job.image_id)).toMatchObject([{ status, revision: 2 }]);
    expect(await home.receipts.routing(job.image_id, job.job_id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('the parser itself: a printed sum that does not hold needs review', async () => {
    const job = await published(CAFE.map((line) => line.replace('7.50', '9.50').replace('2.50', '0.50')));
    await processResult(job);
    await createStreamProcessor(home)(await changesOf(home), context());
    await home.drain(home.queues['validate-queue'], createValidateReceipt(home, { review_below: 0 }));
    expect(await home.receipts.ofImage(job.image_id)).toMatchObject([{ status: 'NEEDS_REVIEW' }]);
  });

  it('a message about an older revision is dropped', async () => {
    const job = await published(CAFE);
    await processResult(job);
    const body = JSON.stringify({ image_id: job.image_id, receipt_id: '00001', revision: 7 });
    expect(await createValidateReceipt(home)([received('m', body)], context())).toEqual({ retry: [] });
    expect(await home.receipts.ofImage(job.image_id)).toMatchObject([{ status: 'NEW', revision: 1 }]);
  });
});

describe('sweeper', () => {
  const sweep = () => createSweeper(home, 5 * MINUTE)(context());

  it('leaves alone what is fresh', async () => {
    await published(CAFE);
    expect(await sweep()).toEqual({ ...NOTHING_SWEPT, images_deleted: 0 });
  });

  it('sends a PENDING job on whose message was lost, ever more rarely', async () => {
    await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ jobs_sent: 1 });
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ jobs_sent: 0 });
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ jobs_sent: 1 });
  });

  it('sends on a RUNNING job only when its owner has let it expire', async () => {
    const image_id = await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const job = (await home.jobs.current(image_id))?.job;
    await home.jobs.claim(image_id, job?.job_id ?? '', { owner: 'mac', expires_at: home.clock.now() + 20 * MINUTE });
    await home.clock.advance(10 * MINUTE);
    expect(await sweep()).toMatchObject({ jobs_sent: 0 });
    await home.clock.advance(11 * MINUTE);
    expect(await sweep()).toMatchObject({ jobs_sent: 1 });
  });

  it('sends a published result on that nobody processed', async () => {
    const job = await published(CAFE);
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ results_sent: 1 });
    await home.drain(home.queues['ocr-results-queue'], createProcessOcrResults(home));
    expect(await home.jobs.get(job.image_id, job.job_id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('sends a receipt on that nobody validated', async () => {
    const job = await published(CAFE);
    await processResult(job);
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ validations_sent: 1 });
    const [message] = await home.queues['validate-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 1_000 });
    expect(parseMessage(validateMessageSchema, message?.body ?? '')).toEqual({
      image_id: job.image_id,
      receipt_id: '00001',
      revision: 1,
    });
  });

  it('closes a routing whose receipts were all validated before a crash', async () => {
    const job = await published(CAFE);
    await processResult(job);
    const key = recordKeys.receipt(job.image_id, '00001');
    await home.records.write({ kind: 'update', key, set: { status: 'VALID' } });
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ validations_sent: 0 });
    expect(await home.receipts.routing(job.image_id, job.job_id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('gives a job up in the end, with a reason that says what to do', async () => {
    await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    let sent = 0;
    for (let round = 0; round < 20; round += 1) {
      await home.clock.advance(5 * MINUTE * 2 ** round);
      const counts = await sweep();
      sent += counts.jobs_sent;
      if (counts.given_up === 1) break;
    }
    expect(sent).toBe(12);
    const failed = await home.jobs.list('FAILED', { limit: 5 });
    expect(failed.items).toHaveLength(1);
    const job = await home.jobs.get(failed.items[0]?.image_id ?? '', failed.items[0]?.job_id ?? '');
    expect(job).toMatchObject({
      reason_code: 'STALLED',
      reason_message: expect.stringContaining('receipt-ocr --continuous'),
    });
  });

  it('jobs that back off do not hide those behind them', async () => {
    await Promise.all(Array.from({ length: 230 }, (_, index) => submit(home, png(`old ${index}`))));
    for (let batch = 0; batch < 23; batch += 1) await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ jobs_sent: 230 });
    await home.clock.advance(4 * MINUTE);
    await submit(home, png('new'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    await home.clock.advance(5 * MINUTE + 1);
    expect(await sweep()).toMatchObject({ jobs_sent: 1 });
  });
});
