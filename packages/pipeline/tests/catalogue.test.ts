import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Catalogue, openSqliteCatalogue } from '@slipstream/catalogue';
import { DEFAULT_OWNER, type QueueMessage, recordKeys } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cataloguePorts, compareCatalogue, createCatalogue, rebuildCatalogue } from '../src/catalogue/index.ts';
import { createProcessOcrResults } from '../src/process-ocr-results/process-ocr-results.ts';
import { catalogueFollowers } from '../src/stream-processor/followers/catalogue.ts';
import { createStreamProcessor } from '../src/stream-processor/stream-processor.ts';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
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
let folder = '';
let catalogue: Catalogue;
beforeEach(async () => {
  home = await openTestHome();
  folder = await mkdtemp(join(tmpdir(), 'slipstream-catalogue-'));
  catalogue = openSqliteCatalogue({ folder, inProcess: true });
  await rebuildCatalogue(ports(), catalogue);
});
afterEach(async () => {
  await catalogue.close();
  await home.close();
  await rm(folder, { recursive: true });
});

const ports = () => cataloguePorts(home, catalogue);
const DINER = ['      BLUE DINER INC', '14/04/2026', 'Pancakes             8.00', 'TOTAL                8.00'];

async function read(name: string, lines: readonly string[] = CAFE): Promise<string> {
  const image_id = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  await process(image_id, lines);
  return image_id;
}
async function process(image_id: string, lines: readonly string[]): Promise<void> {
  const { job_id } = await publish(home, image_id, lines);
  await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id }))], context());
}
/** The whole stream again, from its beginning: repeats must not matter. */
async function follow(): Promise<void> {
  await createStreamProcessor(home, { collections: [], further: catalogueFollowers(home.queues) })(
    await changesOf(home),
    context(),
  );
}
async function enter(): Promise<void> {
  await follow();
  for (;;) {
    const { ready } = await home.queues['catalogue-queue'].depth();
    if (ready === 0) return;
    expect(await home.drain(home.queues['catalogue-queue'], createCatalogue(ports()))).toEqual({ retry: [] });
  }
}
const found = async (q: string) =>
  (await catalogue.list(DEFAULT_OWNER, { q, sort: '-date', limit: 10, cursor: null })).items.map(
    ({ image_id }) => image_id,
  );
const compared = () => compareCatalogue(ports(), catalogue);
const AGREED = { missing: 0, extra: 0, different: 0, faults: [] };

describe('the catalogue follows the records', () => {
  it('a receipt is found by what was read of it, and a repeat changes nothing', async () => {
    const cafe = await read('a');
    const diner = await read('b', DINER);
    await enter();
    expect(await found('harbour')).toEqual([cafe]);
    expect(await found('pancakes')).toEqual([diner]);
    expect(await found('flat white 3.50')).toEqual([cafe]);
    const before = await catalogue.scan({ after: null, limit: 10 });
    await enter();
    expect(await catalogue.scan({ after: null, limit: 10 })).toEqual(before);
    expect(await compared()).toMatchObject({ receipts: 2, found: 2, ...AGREED });
  });

  it('its state follows', async () => {
    await read('a');
    await follow();
    await home.drain(home.queues['validate-queue'], createValidateReceipt(home));
    await enter();
    const [record] = (await home.receipts.list({ limit: 1 })).items;
    expect(record?.status).not.toBe('NEW');
    expect(await catalogue.scan({ after: null, limit: 1 })).toMatchObject([
      { status: record?.status, revision: record?.revision },
    ]);
  });

  it('what is read anew is found by its new words alone, and a receipt that is gone is gone', async () => {
    const image_id = await read('a');
    await enter();
    await home.jobs.reprocess(image_id, 'again');
    await process(image_id, DINER);
    await enter();
    expect(await found('harbour')).toEqual([]);
    expect(await found('pancakes')).toEqual([image_id]);
    await home.jobs.reprocess(image_id, 'again');
    await process(image_id, ['Dear Anna', 'it was lovely to see you', 'kind regards']);
    expect(await compared()).toMatchObject({ extra: 1 });
    await enter();
    expect((await catalogue.status()).receipts).toBe(0);
    expect(await compared()).toMatchObject({ receipts: 0, found: 0, ...AGREED });
  });

  it('messages that come late, twice and in the wrong order end where the records are', async () => {
    const image_id = await read('a');
    await home.jobs.reprocess(image_id, 'again');
    await process(image_id, DINER);
    const message: QueueMessage<'catalogue-queue'> = {
      owner_id: DEFAULT_OWNER,
      image_id,
      receipt_id: '00001',
      revision: 2,
    };
    const late = { ...message, revision: 1 };
    const bodies = [message, late, message, late].map((each, index) => received(`m${index}`, JSON.stringify(each)));
    expect(await createCatalogue(ports())(bodies, context())).toEqual({ retry: [] });
    expect(await found('pancakes')).toEqual([image_id]);
    expect(await compared()).toMatchObject({ found: 1, ...AGREED });
  });

  it('a merchant’s new name is found in all of its receipts', async () => {
    const image_id = await read('a');
    await enter();
    const [record] = await home.receipts.ofImage(image_id);
    if (!record) throw new Error('no receipt');
    const merchant_id = '0b3f2a52-6f0e-5d0e-9a52-2f1f0b8f6f10';
    const now = '2026-01-01T00:00:00.000Z';
    const merchant = {
      type: 'MERCHANT',
      revision: 1,
      merchant_id,
      name: 'Corner Cafe',
      created_at: now,
      updated_at: now,
    };
    await home.records.write({ kind: 'put', record: { ...recordKeys.merchant(merchant_id), ...merchant } });
    const { pk, sk } = record;
    await home.records.write({ kind: 'update', key: { pk, sk }, set: { merchant_id, match_status: 'MATCHED' } });
    await enter();
    await home.merchantChanges.rename(merchant_id, 'Roastery by the Sea');
    await enter();
    expect(await found('roastery')).toEqual([image_id]);
    expect(await compared()).toMatchObject(AGREED);
  });

  it('a document that is lost leaves the receipt in lists and sums', async () => {
    const image_id = await read('a');
    const [record] = await home.receipts.ofImage(image_id);
    await home.artifacts.delete(record?.object_key ?? '');
    await enter();
    expect(await catalogue.scan({ after: null, limit: 1 })).toMatchObject([{ image_id, total: '7.50' }]);
    expect(home.logged.some(({ msg }) => String(msg).includes('a document is lost'))).toBe(true);
  });

  it('of several receipts on one image each is found by its own lines', async () => {
    const image_id = await read('a', [...CAFE, '', '', '', '', ...DINER]);
    const records = await home.receipts.ofImage(image_id);
    await enter();
    if (records.length === 2) {
      const { items } = await catalogue.list(DEFAULT_OWNER, { q: 'pancakes', sort: '-date', limit: 9, cursor: null });
      expect(items).toEqual([{ image_id, receipt_id: '00002' }]);
    } else expect(await found('pancakes harbour')).toEqual([image_id]);
  });

  it('a message that is none is dead-lettered with its reason', async () => {
    expect(await createCatalogue(ports())([received('m', '{"image_id":1}')], context())).toEqual({ retry: [] });
    expect((await home.queues['catalogue-queue'].dead.list({ limit: 5 })).items).toMatchObject([
      { reason: { code: 'MESSAGE_INVALID' } },
    ]);
  });

  it('without a catalogue nothing is sent', async () => {
    await read('a');
    await createStreamProcessor(home)(await changesOf(home), context());
    expect((await home.queues['catalogue-queue'].depth()).ready).toBe(0);
  });
});

describe('a rebuild', () => {
  it('makes it again of records and documents, with what changes meanwhile', async () => {
    await read('a');
    await read('b', DINER);
    let isDone = false;
    const rebuilt = await rebuildCatalogue(ports(), catalogue, {
      onProgress: () => {
        isDone = true;
      },
    });
    expect(rebuilt).toEqual({ receipts: 2, resumed: false, caught_up: 0 });
    expect(isDone).toBe(true);
    expect(await compared()).toMatchObject({ receipts: 2, found: 2, ...AGREED });
  });

  it('brings in what was written, and takes out what went, while it was made', async () => {
    const gone = await read('a');
    await read('b', DINER);
    const source = ports();
    const list = source.receipts.list.bind(source.receipts);
    vi.spyOn(source.receipts, 'list').mockImplementation(async (options) => {
      const page = await list(options);
      const [record] = await home.receipts.ofImage(gone);
      // In the page that is entered, and gone before it is published; another has come meanwhile.
      if (record && options.limit === 200) {
        setImmediate(() => void home.records.write({ kind: 'delete', key: { pk: record.pk, sk: record.sk } }));
        await read('c', [...DINER, 'Syrup 1.00']);
      }
      return page;
    });
    await rebuildCatalogue(source, catalogue);
    expect(await compared()).toMatchObject({ receipts: 2, found: 2, ...AGREED });
  });

  it('verify finds what is missing, extra and different; a rebuild mends it', async () => {
    const [first, second] = [await read('a'), await read('b', DINER)];
    await enter();
    await catalogue.removeImage(first, 1, '2026-01-01T00:00:00.000Z');
    const [record] = await home.receipts.ofImage(second);
    if (!record) throw new Error('no receipt');
    const { pk, sk } = record;
    await home.records.write({ kind: 'update', key: { pk, sk }, set: { total: '9.99' } });
    expect(await compared()).toMatchObject({ missing: 1, different: 1, extra: 0 });
    await home.records.write({ kind: 'delete', key: { pk, sk } });
    expect(await compared()).toMatchObject({ missing: 1, different: 0, extra: 1 });
    await rebuildCatalogue(ports(), catalogue);
    expect(await compared()).toMatchObject({ receipts: 1, found: 1, ...AGREED });
  });
});
