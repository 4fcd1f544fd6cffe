import { putDocument } from '@slipstream/records';
import {
  jobIdOf,
  newWriteId,
  type Receipt,
  type ReceiptRecord,
  receiptKey,
  receiptSchema,
  recordKeys,
} from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
import { createSweeper } from '../src/sweeper/sweeper.ts';
import { CAFE, context, openTestHome, png, publish, received, submit, type TestHome } from '../testing/test-home.ts';

const HOUR = 3_600_000;

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

async function completed(name = 'a'): Promise<ReceiptRecord> {
  const image_id = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  await readAgain(image_id, CAFE);
  return now({ image_id });
}

async function readAgain(image_id: string, lines: readonly string[]): Promise<void> {
  const { job_id } = await publish(home, image_id, lines);
  const message = received('m', JSON.stringify({ image_id, job_id }));
  await createProcessOcrResults(home)([message], context());
}

async function now({ image_id }: Pick<ReceiptRecord, 'image_id'>): Promise<ReceiptRecord> {
  const [record] = await home.receipts.ofImage(image_id);
  if (!record) throw new Error('there is no receipt');
  return record;
}

/** The receipt as stored, from another shop. */
async function from(record: ReceiptRecord, name: string): Promise<Receipt> {
  const receipt = await home.receipts.document(record);
  const field = { value: name, text: name, confidence: 0.9, words: [] };
  return { ...receipt, merchant: { ...receipt.merchant, name: field } };
}

async function shopOf(record: ReceiptRecord): Promise<string | undefined> {
  return (await home.receipts.document(record)).merchant.name?.value;
}

describe('a document that a record names', () => {
  it('stays as it is when a write on an older revision is refused', async () => {
    const record = await completed();
    expect(await home.receipts.settle(record, 'VALID', await from(record, 'FIRST'))).toBe(true);
    const settled = await now(record);
    expect(await home.receipts.settle(record, 'VALID', await from(record, 'LATE'))).toBe(false);
    expect(await now(record)).toEqual(settled);
    expect(await shopOf(settled)).toBe('FIRST');
  });

  it('is the one of the write that won, of several at once', async () => {
    const record = await completed();
    const names = ['ONE', 'TWO', 'THREE', 'FOUR'];
    const documents = await Promise.all(names.map((name) => from(record, name)));
    const won = await Promise.all(documents.map((document) => home.receipts.settle(record, 'VALID', document)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const settled = await now(record);
    expect(settled.merchant_name).toBe(names[won.indexOf(true)]);
    expect(await shopOf(settled)).toBe(settled.merchant_name);
  });

  it('stays as it is when the same job is completed twice', async () => {
    const image_id = await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const job = await publish(home, image_id, CAFE);
    const other = await completed('b');
    const receipt = async (name: string) => ({ ...(await from(other, name)), image_id });
    const [first, second] = [await home.receipts.prepare(job), await home.receipts.prepare(job)];
    expect(await home.receipts.complete(first, [await receipt('FIRST')])).toBe('completed');
    expect(await home.receipts.complete(second, [await receipt('SECOND')])).toBe('superseded');
    expect(await shopOf(await now({ image_id }))).toBe('FIRST');
  });

  it('is read under the keys of earlier releases', async () => {
    const record = await completed();
    for (const key of [
      receiptKey(record.image_id, '00001', record.job_id),
      `receipts/${record.image_id}/00001/${record.job_id}.2.json.gz`,
    ]) {
      await putDocument(home.artifacts, key, receiptSchema, await from(record, 'OLD'));
      expect(await shopOf({ ...record, object_key: key })).toBe('OLD');
    }
  });
});

describe('documents that no record names', () => {
  const sweep = () => createSweeper(home)(context());
  const stored = async () => (await home.artifacts.list({ prefix: 'receipts/', limit: 1_000 })).items.map((o) => o.key);

  it('are removed a day after the record has moved on, and the named one never', async () => {
    const record = await completed();
    await home.receipts.settle(record, 'VALID', await from(record, 'FIRST'));
    await home.receipts.settle(record, 'VALID', await from(record, 'REFUSED'));
    expect(await stored()).toHaveLength(3);
    await home.clock.advance(23 * HOUR);
    expect(await sweep()).toMatchObject({ documents_removed: 0 });
    await home.clock.advance(25 * HOUR);
    expect(await sweep()).toMatchObject({ documents_removed: 2 });
    expect(await stored()).toEqual([(await now(record)).object_key]);
    await home.clock.advance(48 * HOUR);
    expect(await sweep()).toMatchObject({ documents_removed: 0 });
    expect(await shopOf(await now(record))).toBe('FIRST');
  });

  it('of a receipt that a later reading did not find are removed', async () => {
    const record = await completed();
    await home.jobs.reprocess(record.image_id, 'c');
    await readAgain(record.image_id, ['Dear Anna', 'kind regards']);
    expect(await home.receipts.ofImage(record.image_id)).toEqual([]);
    await home.clock.advance(25 * HOUR);
    expect(await sweep()).toMatchObject({ documents_removed: 1 });
  });

  it('stay while the records are older than they are, as after a restore', async () => {
    const record = await completed();
    const ids = [record.image_id, '00001'] as const;
    const unknownJob = jobIdOf(record.image_id, 2);
    const keys = [
      receiptKey(...ids, record.job_id, { revision: 2, write_id: newWriteId() }),
      receiptKey(...ids, unknownJob, { revision: 1, write_id: newWriteId() }),
      receiptKey(...ids, unknownJob),
      receiptKey('00000000-0000-5000-8000-000000000000', '00001', unknownJob),
      `receipts/${record.image_id}/notes.txt`,
    ];
    for (const key of keys) await home.artifacts.put(key, Buffer.from('x'));
    await home.clock.advance(48 * HOUR);
    expect(await sweep()).toMatchObject({ documents_removed: 0 });
    expect(await stored()).toEqual(expect.arrayContaining(keys));
  });

  it('of earlier releases are removed as well', async () => {
    const record = await completed();
    await home.artifacts.put(receiptKey(record.image_id, '00001', record.job_id), Buffer.from('x'));
    await home.artifacts.put(`receipts/${record.image_id}/00001/${record.job_id}.1.json.gz`, Buffer.from('x'));
    await home.clock.advance(48 * HOUR);
    expect(await sweep()).toMatchObject({ documents_removed: 2 });
    expect(await stored()).toEqual([record.object_key]);
  });

  it('are found piece by piece, in one round a day', async () => {
    const record = await completed();
    const many = Array.from({ length: 600 }, () =>
      receiptKey(record.image_id, '00001', record.job_id, { revision: 1, write_id: newWriteId() }),
    );
    await Promise.all(many.map((key) => home.artifacts.put(key, Buffer.from('x'))));
    await home.clock.advance(48 * HOUR);
    const removed = [];
    for (let run = 0; run < 3; run += 1) removed.push((await sweep()).documents_removed);
    expect(removed.reduce((sum, n) => sum + n, 0)).toBe(600);
    expect(removed.filter((n) => n > 500)).toEqual([]);
    expect(removed.at(-1)).toBe(0);
    expect(await home.records.get(recordKeys.sweep('receipt-documents'))).toMatchObject({ cursor: null });
  });
});
