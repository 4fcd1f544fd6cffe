import type { CompactionMessage, OcrJobRecord, ReceiptRecord, RecordChange } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { createStreamProcessor } from '../src/stream-processor/stream-processor.ts';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
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

const WAIT_MS = 5_000;

async function readReceipt(name: string): Promise<OcrJobRecord> {
  const image_id = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  const job = await publish(home, image_id, CAFE);
  const result = received('m1', JSON.stringify({ image_id, job_id: job.job_id }));
  expect(await createProcessOcrResults(home)([result], context())).toEqual({ retry: [] });
  return job;
}

const receiptOf = async ({ image_id }: OcrJobRecord): Promise<ReceiptRecord> => {
  const [record] = await home.receipts.ofImage(image_id);
  if (!record) throw new Error('no receipt');
  return record;
};

const changeOf = (changes: readonly RecordChange[], { pk, sk }: ReceiptRecord) =>
  changes.find(({ key }) => key.pk === pk && key.sk === sk);

/** The home with a validate-queue whose `send` is this one. */
const withValidate = (send: (message: { image_id: string }) => Promise<void>) => ({
  ...home,
  queues: { ...home.queues, 'validate-queue': Object.create(home.queues['validate-queue'], { send: { value: send } }) },
});

/** The home with a compaction-queue that keeps what is sent. */
function withCompaction(send: (message: CompactionMessage) => Promise<void>) {
  const compaction = Object.create(home.queues['compaction-queue'], { send: { value: send } });
  return { ...home, queues: { ...home.queues, 'compaction-queue': compaction } };
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
    const processed = createStreamProcessor(ports)(await changesOf(home), context());
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('one waits for the other')), WAIT_MS));
    expect(await Promise.race([processed, late])).toEqual({ retryFrom: null });
  });

  it('asks for the first change that failed again, and does what others are about', async () => {
    const failing = [await readReceipt('a'), await readReceipt('b')];
    const fine = await readReceipt('c');
    const records = await changesOf(home);
    const sent: string[] = [];
    const ports = withValidate(async ({ image_id }) => {
      if (failing.some((job) => job.image_id === image_id)) throw new Error('not now');
      sent.push(image_id);
    });
    const [first] = failing;
    const change = first && changeOf(records, await receiptOf(first));
    expect(await createStreamProcessor(ports)(records, context())).toEqual({ retryFrom: change?.sequence });
    expect(sent).toEqual([fine.image_id]);
  });

  it('tells compaction once of a receipt that changed several times', async () => {
    const sent: CompactionMessage[] = [];
    const receipt = await changedReceipt('a', ['+4930111', '+4930222', '+4930333']);
    const ports = withCompaction(async (message) => {
      sent.push(message);
    });
    await createStreamProcessor(ports, { collections: ['lines', 'words'] })(await changesOf(home), context());
    const { image_id, receipt_id, revision } = receipt;
    expect(sent).toEqual(
      ['lines', 'words'].map((collection) => ({ kind: 'refresh', image_id, receipt_id, collection, revision })),
    );
  });

  it('comes again from the first of the changes that compaction was not told of', async () => {
    const receipt = await changedReceipt('a', ['+4930111', '+4930222']);
    const records = await changesOf(home);
    const ports = withCompaction(() => Promise.reject(new Error('not now')));
    const response = await createStreamProcessor(ports, { collections: ['lines'] })(records, context());
    const ofReceipt = records.filter(({ key }) => key.sk === receipt.sk);
    const firstPhone = ofReceipt.find(({ after }) => after?.phone === '+4930111');
    expect(response).toEqual({ retryFrom: firstPhone?.sequence });
  });

  it('tells compaction of what was done before a change that failed', async () => {
    const receipt = await changedReceipt('a', ['+4930111']);
    const { pk, sk } = receipt;
    await home.records.write({ kind: 'update', key: { pk, sk }, set: { date: '2031-01-01' } });
    const records = await changesOf(home);
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
    const dated = records.find(({ after }) => after?.date === '2031-01-01');
    expect(await process(records, context())).toEqual({ retryFrom: dated?.sequence });
    expect(sent).toEqual(['refresh']);
  });

  it('gets on, and tells compaction, when the time of each invocation ends in mid-partition', async () => {
    const phones = Array.from({ length: 40 }, (_, index) => `+49301${index}`);
    const { image_id } = await changedReceipt('a', phones);
    const records = await changesOf(home);
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
      const { retryFrom } = await process(records.slice(from), {
        ...context(),
        remainingMs: () => end - home.clock.monotonic(),
      });
      from = records.findIndex(({ sequence }) => sequence === retryFrom);
    }
    const [receipt] = await home.receipts.ofImage(image_id);
    expect(sent.at(-1)).toBe(receipt?.revision);
  });
});

describe('a follower', () => {
  const failing = () => Promise.reject(new Error('not now'));

  it('fails alone: the others follow, and its failure names it', async () => {
    const job = await readReceipt('a');
    const changes = await changesOf(home);
    const sent: string[] = [];
    const validated = withValidate(async ({ image_id }) => void sent.push(image_id));
    const callerReceipts = Object.create(home.callerReceipts, {
      followUpload: { value: async () => undefined },
      followReceipt: { value: failing },
    });
    const change = changeOf(changes, await receiptOf(job));
    const outcome = await createStreamProcessor({ ...validated, callerReceipts })(changes, context());
    expect(outcome).toEqual({ retryFrom: change?.sequence });
    expect(sent).toEqual([job.image_id]);
    const line = home.logged.find(({ msg }) => msg === 'stream-processor will be tried again');
    expect(line?.error).toMatchObject({
      message: 'caller-receipts: not now',
      details: { followers: 'caller-receipts' },
    });
  });

  it('that failed keeps its order: it follows no later change of the partition', async () => {
    await changedReceipt('a', ['+4930111', '+4930222']);
    const changes = await changesOf(home);
    const followed: (string | undefined)[] = [];
    const merchantReceipts = Object.create(home.merchantReceipts, {
      followReceipt: {
        value: async (_: unknown, after: ReceiptRecord | null) => {
          followed.push(after?.phone);
          if (after?.phone === '+4930111') throw new Error('not now');
        },
      },
    });
    await createStreamProcessor({ ...home, merchantReceipts })(changes, context());
    expect(followed).toContain('+4930111');
    expect(followed).not.toContain('+4930222');
  });

  it('passes over a record that is not of its schema, and says which followers lack it', async () => {
    const job = await readReceipt('a');
    const { pk, sk } = await receiptOf(job);
    const changes = (await changesOf(home)).map((change) =>
      change.key.pk === pk && change.key.sk === sk && change.after
        ? { ...change, after: { ...change.after, status: 'SOLD' } }
        : change,
    );
    expect(await createStreamProcessor(home)(changes, context())).toEqual({ retryFrom: null });
    const line = home.logged.find(({ msg }) => msg === 'stream-processor rejected it');
    expect(line?.error).toMatchObject({
      code: 'DOCUMENT_INVALID',
      details: { followers: 'caller-receipts merchant-receipts validation' },
    });
  });
});
