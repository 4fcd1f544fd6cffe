import type { CompactionMessage, OcrJobRecord, ReceiptRecord } from '@slipstream/shared';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { createStreamProcessor } from '../src/stream-processor/stream-processor.ts';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
import {
  CAFE,
  context,
  openTestHome,
  png,
  publish,
  sqsRecord,
  streamRecords,
  submit,
  type TestHome,
} from '../testing/test-home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

const WAIT_MS = 5_000;

async function readReceipt(name: string): Promise<OcrJobRecord> {
  const image_id = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  const job = await publish(home, image_id, CAFE);
  const result = sqsRecord('m1', JSON.stringify({ image_id, job_id: job.job_id }));
  expect(await createProcessOcrResults(home)({ Records: [result] }, context())).toEqual({ batchItemFailures: [] });
  return job;
}

const receiptOf = async ({ image_id }: OcrJobRecord): Promise<ReceiptRecord> => {
  const [record] = await home.receipts.ofImage(image_id);
  if (!record) throw new Error('no receipt');
  return record;
};

const changeOf = (records: readonly DynamoDBRecord[], { pk, sk }: ReceiptRecord) =>
  records.find(({ dynamodb }) => dynamodb?.Keys?.pk?.S === pk && dynamodb.Keys.sk?.S === sk);

/** The home with a validate-queue whose `send` is this one. */
const withValidate = (send: (message: { image_id: string }) => Promise<void>) => ({
  ...home,
  queues: { ...home.queues, validate: Object.create(home.queues['validate-queue'], { send: { value: send } }) },
});

/** The home with a compaction-queue that keeps what is sent. */
function withCompaction(send: (message: CompactionMessage) => Promise<void>) {
  const compaction = Object.create(home.queues['compaction-queue'], { send: { value: send } });
  return { ...home, queues: { ...home.queues, compaction } };
}

/** As a process-ocr-results that keeps an index leaves it, with these changes of its phone behind it. */
async function changedReceipt(name: string, phones: readonly string[]): Promise<ReceiptRecord> {
  const { pk, sk } = await receiptOf(await readReceipt(name));
  await home.records.write({ kind: 'update', key: { pk, sk }, set: { run_id: crypto.randomUUID() } });
  for (const phone of phones) await home.records.write({ kind: 'update', key: { pk, sk }, set: { phone } });
  return receiptOf({ image_id: pk.slice('IMAGE#'.length) } as OcrJobRecord);
}

describe('stream-processor', () => {
  it('works on several partitions at the same time', async () => {
    await readReceipt('a');
    await readReceipt('b');
    const { promise: bothBegun, resolve } = Promise.withResolvers<void>();
    const begun = new Set<string>();
    const ports = withValidate(({ image_id }) => {
      if (begun.add(image_id).size === 2) resolve();
      return bothBegun;
    });
    const processed = createStreamProcessor(ports)({ Records: await streamRecords(home) }, context());
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('one waits for the other')), WAIT_MS));
    expect(await Promise.race([processed, late])).toEqual({ batchItemFailures: [] });
  });

  it('asks for the first change that failed again, and does what others are about', async () => {
    const failing = [await readReceipt('a'), await readReceipt('b')];
    const fine = await readReceipt('c');
    const records = await streamRecords(home);
    const sent: string[] = [];
    const ports = withValidate(async ({ image_id }) => {
      if (failing.some((job) => job.image_id === image_id)) throw new Error('not now');
      sent.push(image_id);
    });
    const [first] = failing;
    const change = first && changeOf(records, await receiptOf(first));
    expect(await createStreamProcessor(ports)({ Records: records }, context())).toEqual({
      batchItemFailures: [{ itemIdentifier: change?.dynamodb?.SequenceNumber }],
    });
    expect(sent).toEqual([fine.image_id]);
  });

  it('tells compaction once of a receipt that changed several times', async () => {
    const sent: CompactionMessage[] = [];
    const receipt = await changedReceipt('a', ['+4930111', '+4930222', '+4930333']);
    const ports = withCompaction(async (message) => {
      sent.push(message);
    });
    await createStreamProcessor(ports, { collections: ['lines', 'words'] })(
      { Records: await streamRecords(home) },
      context(),
    );
    const { image_id, receipt_id, revision } = receipt;
    expect(sent).toEqual(
      ['lines', 'words'].map((collection) => ({ kind: 'refresh', image_id, receipt_id, collection, revision })),
    );
  });

  it('comes again from the first of the changes that compaction was not told of', async () => {
    const receipt = await changedReceipt('a', ['+4930111', '+4930222']);
    const records = await streamRecords(home);
    const ports = withCompaction(() => Promise.reject(new Error('not now')));
    const response = await createStreamProcessor(ports, { collections: ['lines'] })({ Records: records }, context());
    const ofReceipt = records.filter(({ dynamodb }) => dynamodb?.Keys?.sk?.S === receipt.sk);
    const firstPhone = ofReceipt.find(({ dynamodb }) => dynamodb?.NewImage?.phone?.S === '+4930111');
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: firstPhone?.dynamodb?.SequenceNumber }] });
  });

  it('tells compaction of what was done before a change that failed', async () => {
    const receipt = await changedReceipt('a', ['+4930111']);
    const { pk, sk } = receipt;
    await home.records.write({ kind: 'update', key: { pk, sk }, set: { date: '2031-01-01' } });
    const records = await streamRecords(home);
    const sent: string[] = [];
    const ports = withCompaction(async ({ kind }) => {
      sent.push(kind);
    });
    const callerReceipts = Object.create(home.callerReceipts, {
      followUpload: { value: async () => undefined },
      followReceipt: {
        value: async (_: unknown, after: ReceiptRecord | null) => {
          if (after?.date === '2031-01-01') throw new Error('not now');
        },
      },
    });
    const process = createStreamProcessor({ ...ports, callerReceipts }, { collections: ['lines'] });
    const dated = records.find(({ dynamodb }) => dynamodb?.NewImage?.date?.S === '2031-01-01');
    expect(await process({ Records: records }, context())).toEqual({
      batchItemFailures: [{ itemIdentifier: dated?.dynamodb?.SequenceNumber }],
    });
    expect(sent).toEqual(['refresh']);
  });

  it('gets on, and tells compaction, when the time of each invocation ends in mid-partition', async () => {
    const phones = Array.from({ length: 40 }, (_, index) => `+49301${index}`);
    const { image_id } = await changedReceipt('a', phones);
    const records = await streamRecords(home);
    const sent: number[] = [];
    const ports = withCompaction(async ({ revision }) => {
      sent.push(revision ?? 0);
    });
    const merchantReceipts = Object.create(home.merchantReceipts, {
      followReceipt: { value: () => home.clock.advance(3_000) },
    });
    const process = createStreamProcessor({ ...ports, merchantReceipts }, { collections: ['lines'] });
    let from = 0;
    for (let invocations = 0; from !== -1; invocations += 1) {
      expect(invocations).toBeLessThan(10);
      const end = home.clock.monotonic() + 60_000;
      const { batchItemFailures } = await process(
        { Records: records.slice(from) },
        { ...context(), getRemainingTimeInMillis: () => end - home.clock.monotonic() },
      );
      const again = batchItemFailures[0]?.itemIdentifier;
      from = records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === again);
    }
    const [receipt] = await home.receipts.ofImage(image_id);
    expect(sent.at(-1)).toBe(receipt?.revision);
  });
});
