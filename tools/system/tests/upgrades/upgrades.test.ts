import { readdir } from 'node:fs/promises';
import { createApi } from '@slipstream/api';
import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { createSweeper } from '@slipstream/pipeline/sweeper';
import { CAFE, context, png, publish, received, submit } from '@slipstream/pipeline/testing';
import { putDocument } from '@slipstream/records';
import {
  changeRecordSchema,
  DEFAULT_OWNER,
  INDEX_ATTRIBUTES,
  isImageIdOf,
  LOCAL_GRANT,
  rawKey,
  receiptSchema,
  recordKeys,
} from '@slipstream/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { copyOfData, emptyFolder, type Opened, openToday, releases, useWith, versionOf } from './releases.ts';

const open: Opened[] = [];
afterEach(async () => {
  for (const home of open.splice(0)) await home.store.close();
});
async function today(dataDir: string): Promise<Opened> {
  const home = await openToday(dataDir);
  open.push(home);
  return home;
}
const close = async (home: Opened) => {
  open.splice(open.indexOf(home), 1);
  await home.store.close();
};

const take = async (home: Opened) => {
  for (const delivery of await home.queues['uploads-queue'].receive({ max: 10, waitMs: 0, visibilityMs: 30_000 })) {
    await createSubmitJob(home)([received(delivery.id, delivery.body)], context());
    await delivery.ack();
  }
};
const process = (home: Opened, message: object) =>
  createProcessOcrResults(home)([received('m', JSON.stringify(message))], context());
const follow = async (home: Opened) =>
  createStreamProcessor(home)(await home.store.records.changes({ after: null, limit: 1_000 }), context());

describe.each(releases())('the release $name', (release) => {
  const { cafe, bar, letter, pending, done } = release.images;

  it('left a data folder that is opened, read and worked on today, and then by that release again', async () => {
    const dataDir = await copyOfData(release);
    const version = versionOf(dataDir);
    const home = await today(dataDir);
    const api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
    const get = async (path: string) => {
      const answer = await api.request(path);
      expect(answer.status, path).toBe(200);
      return answer.json();
    };
    // Where it was migrated, a copy of what the release left lies beside it.
    const copies = (await readdir(dataDir)).filter((name) => name.startsWith('slipstream.db.version-'));
    expect(copies).toHaveLength(versionOf(dataDir) === version ? 0 : 1);
    expect(await get('/receipts')).toMatchObject({ receipts: [{ image_id: bar }, { image_id: cafe }] });
    expect(await get(`/receipts/${bar}/1`)).toMatchObject({ merchant: { name: 'Harbour' }, match_status: 'MATCHED' });
    expect(await get('/failures')).toMatchObject({ failures: [{ reason: { code: 'IMAGE_TYPE_UNSUPPORTED' } }] });
    expect(await get('/images?status=NO_RECEIPT')).toMatchObject({ images: [{ image_id: letter }] });
    expect((await api.request(`/images/${cafe}/original`)).status).toBe(200);
    expect((await home.queues['uploads-queue'].dead.list({ limit: 10 })).items).toHaveLength(1);
    // The same bytes are still the same image, and nobody's but the one owner's.
    expect(await submit(home, png('cafe'))).toBe(cafe);
    expect(await home.jobs.image(cafe)).toMatchObject({ owner_id: DEFAULT_OWNER, generation: 1 });

    // What was on its way arrives.
    const [result] = await home.queues['ocr-results-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 30_000 });
    expect(JSON.parse(result?.body ?? '')).toMatchObject({ image_id: done });
    await process(home, JSON.parse(result?.body ?? ''));
    const { job_id } = await publish(home, pending, CAFE);
    await process(home, { image_id: pending, job_id });
    await home.jobs.reprocess(cafe, 'today');
    const again = await publish(home, cafe, CAFE);
    await process(home, { image_id: cafe, job_id: again.job_id });
    await createSweeper(home)(context());
    await follow(home);
    expect(await get('/receipts')).toMatchObject({ receipts: [{}, {}, {}, {}] });
    await close(home);

    expect(versionOf(dataDir)).toBe(version);
    const used = await useWith(release, dataDir);
    expect(used).toMatchObject({ faults: [], unknown: [], receipts: 4, failed: 1 });
    expect(new Set(used.reread)).toEqual(new Set([cafe, bar, pending, done]));
    const after = await today(dataDir);
    expect(await after.receipts.get(cafe, '00001')).toMatchObject({ owner_id: DEFAULT_OWNER, status: 'NEEDS_REVIEW' });
  });

  it('works on a data folder of today, and what it does not know is there afterwards', async () => {
    const dataDir = await copyOfData(release);
    const home = await today(dataDir);
    const owned = await submit(home, png('owned'), 'ada');
    await take(home);
    const { job_id } = await publish(home, owned, CAFE);
    await process(home, { image_id: owned, job_id });
    await follow(home);
    const arrangement = [{ receipt_id: '00001', lines: [[0, 9]] }];
    await home.records.write({ kind: 'update', key: recordKeys.image(owned), set: { arrangement } });
    const receipt = await home.receipts.get(owned, '00001');
    if (receipt === null) throw new Error('there is no receipt');
    const filed = {
      ...(await home.receipts.document(receipt)),
      category: { category_id: 'meals', why: 'person' },
      tags: ['trip'],
    };
    await putDocument(home.artifacts, receipt.object_key, receiptSchema, receiptSchema.parse(filed));
    const links = [{ kind: 'bank_transaction', id: '17' }];
    await home.records.write({ kind: 'update', key: recordKeys.receipt(owned, '00001'), set: { links } });
    const times = { revision: 1, created_at: receipt.created_at, updated_at: receipt.updated_at };
    const change = changeRecordSchema.parse({
      ...recordKeys.change(owned, '00001', 2),
      ...times,
      type: 'CHANGE',
      image_id: owned,
      receipt_id: '00001',
      owner_id: 'ada',
      receipt_revision: 2,
      changed_by: 'ada',
      source: 'page',
      changes: [{ field: 'total', before: '7.50', after: '7.00' }],
    });
    await home.records.write({ kind: 'put', record: { ...change, changes: [...change.changes] } });
    await close(home);

    const used = await useWith(release, dataDir);
    expect(used.faults).toEqual([]);
    expect([...used.known, ...used.unknown]).toContain('CHANGE');
    expect(used.reread).toContain(owned);

    const after = await today(dataDir);
    expect(await after.jobs.image(owned)).toMatchObject({ owner_id: 'ada', arrangement, origin: { kind: 'upload' } });
    const kept = await after.receipts.get(owned, '00001');
    expect(kept).toMatchObject({ owner_id: 'ada', links });
    if (kept)
      expect(await after.receipts.document(kept)).toMatchObject({ category: { why: 'person' }, tags: ['trip'] });
    expect(await after.records.get(recordKeys.change(owned, '00001', 2))).toMatchObject({ changes: change.changes });
    expect((await after.raw.head(rawKey(owned)))?.metadata).toEqual({ owner: 'ada' });
  });

  it('left a table whose records are read, listed and given their owners today', async () => {
    const home = await today(await emptyFolder());
    for (const record of release.table)
      await home.records.write({ kind: 'put', record, condition: { ifAbsent: true } });
    const bobs = release.table.find(({ type, uploaded_by }) => type === 'UPLOAD' && uploaded_by === 'bob');
    const sent = String(bobs?.image_id);
    // Before there were owners, the same bytes of two callers were one image.
    const isShared = bobs?.owner_id === undefined;
    const listOf = async (caller: string) => (await home.callerReceipts.list(caller, { limit: 10 })).items;
    const inBobsList = isShared ? [{ image_id: sent }] : [];
    expect([await listOf('ada'), await listOf('bob')]).toMatchObject([[{}, {}], inBobsList]);
    await createSweeper(home)(context());
    expect(await home.jobs.image(sent)).toMatchObject({ owner_id: isShared ? 'ada' : 'bob' });
    expect(await listOf('ada')).toMatchObject([{ owner_id: 'ada' }, { owner_id: 'ada' }]);
    expect(await listOf('bob')).toMatchObject(inBobsList);
    // Sent again, it is the image that it was; another caller's are their own.
    expect(await submit(home, png('shared'), 'bob')).toBe(sent);
    expect(await submit(home, png('shared'), 'eve')).not.toBe(sent);
    expect(await home.jobs.image(sent)).toSatisfy(({ sha256 }) => isImageIdOf(sent, sha256, 'bob'));
  });

  it('has the index of today: the projection of one that exists cannot be altered', () => {
    expect([...INDEX_ATTRIBUTES].sort()).toEqual([...release.index_attributes].sort());
  });
});
