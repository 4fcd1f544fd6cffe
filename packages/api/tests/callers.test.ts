import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { createSweeper } from '@slipstream/pipeline/sweeper';
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
} from '@slipstream/pipeline/testing';
import { sha256Hex } from '@slipstream/runtime';
import {
  type AccessGrant,
  DEFAULT_OWNER,
  grantOfToken,
  imageIdOf,
  merchantIdOfKey,
  rawKey,
  recordKeys,
} from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

let home: TestHome;
let api: ReturnType<typeof createApi>;
/** Whom the headers name; a caller's own things, unless it is said whose. */
function grant({ headers }: Request): AccessGrant {
  const granted = grantOfToken(headers.get('x-test-caller') ?? '', headers.get('x-test-scope') ?? undefined);
  return { ...granted, owner_id: headers.get('x-test-owner') ?? granted.owner_id };
}
beforeEach(async () => {
  home = await openTestHome();
  api = createApi({ ...home, imageBytesMax: 10_000, grant });
});
afterEach(() => home.close());

const as = (caller: string, path: string, init: RequestInit = {}) =>
  api.request(path, { ...init, headers: { ...init.headers, 'x-test-caller': caller } });
const listOf = async (caller: string, query = '') => {
  const page = (await (await as(caller, `/receipts${query}`)).json()) as { receipts: { image_id: string }[] };
  return page.receipts.map(({ image_id }) => image_id);
};
const stream = async () => createStreamProcessor(home)(await changesOf(home), context());

async function completed(sender: string, name = 'a', lines = CAFE): Promise<string> {
  const image_id = await submit(home, png(name), sender);
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  await read(image_id, lines);
  return image_id;
}
async function read(image_id: string, lines = CAFE): Promise<void> {
  const job = await publish(home, image_id, lines);
  const message = JSON.stringify({ image_id, job_id: job.job_id });
  await createProcessOcrResults(home)([received('m', message)], context());
  await stream();
}

const created = (image_id: string) => ({
  eventSource: 'aws:s3',
  eventName: 'ObjectCreated:Put',
  s3: { bucket: { name: home.raw.bucket }, object: { key: rawKey(image_id) } },
});

describe('a caller', () => {
  it('takes a failure of their own out of the list, and none that others sent as well', async () => {
    const text = Buffer.from('no image');
    const image_id = await submit(home, text, 'ada');
    const drop = async (caller: string) => {
      const answer = await as(caller, `/failures/${image_id}`, { method: 'DELETE' });
      return [answer.status, ((await answer.json()) as { has_ended?: boolean }).has_ended];
    };
    const failures = async () => {
      const page = (await (await as('ada', '/failures')).json()) as { failures: { image_id: string }[] };
      return page.failures.map((failure) => failure.image_id);
    };
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect(await failures()).toEqual([image_id]);
    expect(await drop('eve')).toEqual([404, undefined]);
    await home.uploads.note({ image_id, owner_id: 'ada', uploaded_by: 'bob', file_name: 'same.jpg' });
    expect(await drop('ada')).toEqual([200, true]);
    expect(await failures()).toEqual([image_id]);
    await home.records.write({ kind: 'delete', key: recordKeys.upload(image_id, 'bob') });
    expect(await drop('ada')).toEqual([200, true]);
    expect(await drop('ada')).toEqual([200, true]);
    expect(await failures()).toEqual([]);
    expect((await home.jobs.current(image_id))?.job.status).toBe('FAILED');
  });

  it('is told that a job is under way, whose failure cannot be dropped yet', async () => {
    const image_id = await submit(home, png('a'), 'ada');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const answer = await as('ada', `/failures/${image_id}`, { method: 'DELETE' });
    expect(await answer.json()).toEqual({ image_id, has_ended: false });
  });

  it('sees their own receipts, and nothing of anybody else', async () => {
    const [adas, bobs] = [await completed('ada', 'a'), await completed('bob', 'b')];
    expect(await listOf('ada')).toEqual([adas]);
    expect(await listOf('bob')).toEqual([bobs]);
    expect(await listOf('eve')).toEqual([]);
    for (const path of [`/images/${adas}`, `/images/${adas}/original`, `/receipts/${adas}/1`]) {
      expect((await as('ada', path)).status).toBe(200);
      expect((await as('bob', path)).status).toBe(404);
    }
    expect((await as('bob', `/images/${adas}/reprocess`, { method: 'POST' })).status).toBe(404);
    expect((await home.jobs.image(adas))?.generation).toBe(1);
  });

  it('sees which of their own images failed, and why; nobody else does', async () => {
    const image_id = await submit(home, Buffer.from('Dear Sir or Madam,'), 'ada');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const failuresOf = async (caller: string) => (await as(caller, '/failures?limit=5')).json();
    expect(await failuresOf('ada')).toMatchObject({
      failures: [{ image_id, reason: { code: 'IMAGE_TYPE_UNSUPPORTED' } }],
      cursor: null,
    });
    expect(await failuresOf('eve')).toEqual({ failures: [], cursor: null });
  });

  it('of the same household who sends an image that was read long ago finds its receipts', async () => {
    const image_id = await completed('ada');
    const headers = { 'x-test-owner': 'ada' };
    expect((await as('bob', '/images', { method: 'POST', body: Buffer.from(png('a')), headers })).status).toBe(202);
    await stream();
    expect(await listOf('bob')).toEqual([image_id]);
    expect(await listOf('ada')).toEqual([image_id]);
    expect((await as('bob', `/images/${image_id}`)).status).toBe(200);
  });

  it('of the same household who sends an image while it is read finds its receipts, in whatever order the changes come', async () => {
    const image_id = await completed('ada');
    await submit(home, png('a'), 'bob', 'ada');
    const records = await changesOf(home);
    await createStreamProcessor(home)(records.toReversed(), context());
    expect(await listOf('bob')).toEqual([image_id]);
  });

  it("finds a receipt under its new day after it was read again, and not under the old one's", async () => {
    const image_id = await completed('ada');
    await home.jobs.reprocess(image_id, 'c');
    await read(
      image_id,
      CAFE.map((line) => line.replace('14/03/2026', '20/04/2026')),
    );
    expect(await listOf('ada', '?from=2026-04-20&to=2026-04-20')).toEqual([image_id]);
    expect(await listOf('ada', '?to=2026-03-31')).toEqual([]);
    expect(await listOf('ada')).toEqual([image_id]);
  });

  it('does not find a receipt that is gone', async () => {
    const image_id = await completed('ada');
    await home.jobs.reprocess(image_id, 'c');
    await read(image_id, ['no receipt at all']);
    expect(await listOf('ada')).toEqual([]);
    const links = await home.records.query({ partition: 'CALLER#ada', prefix: 'RECEIPT#', limit: 10 });
    expect(links.items).toEqual([]);
  });

  it('is found again by the correlation id that they sent with the image', async () => {
    const headers = { 'x-correlation-id': 'from-the-caller' };
    const response = await as('ada', '/images', { method: 'POST', body: Buffer.from(png('a')), headers });
    expect(response.headers.get('x-correlation-id')).toBe('from-the-caller');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const image_id = imageIdOf(sha256Hex(png('a')), 'ada');
    await read(image_id);
    expect((await home.jobs.current(image_id))?.job.correlation_id).toBe('from-the-caller');
    const [message] = await home.queues['validate-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 1_000 });
    expect(message?.correlationId).toBe('from-the-caller');
    expect(
      home.logged.filter(({ correlation_id }) => correlation_id === 'from-the-caller').map(({ msg }) => msg),
    ).toEqual(expect.arrayContaining(['api done', 'submit-job done', 'stream-processor done']));
  });
});

describe('two callers who send the same bytes', () => {
  const send = async (caller: string) => {
    const answer = await as(caller, '/images', { method: 'POST', body: Buffer.from(png('a')) });
    const sent = (await answer.json()) as { image_id: string; created: boolean };
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    return sent;
  };

  it('have two images and two receipts, and each corrects, reprocesses and deletes their own', async () => {
    const [adas, bobs] = [await send('ada'), await send('bob')];
    expect([adas.created, bobs.created]).toEqual([true, true]);
    expect(adas.image_id).not.toBe(bobs.image_id);
    await read(adas.image_id);
    await read(bobs.image_id);
    expect([await listOf('ada'), await listOf('bob')]).toEqual([[adas.image_id], [bobs.image_id]]);
    const before = await home.receipts.get(bobs.image_id, '00001');
    expect(before).toMatchObject({ owner_id: 'bob' });

    const merchant_id = merchantIdOfKey('phone', '+441632960123');
    await home.records.write({ kind: 'put', record: home.merchants.createWrite(merchant_id, 'Harbour').record });
    await home.merchantChanges.assign(adas.image_id, '00001', merchant_id);
    expect((await as('ada', `/images/${adas.image_id}/reprocess`, { method: 'POST' })).status).toBe(202);
    await home.raw.delete(rawKey(adas.image_id));
    await home.records.write({ kind: 'delete', key: recordKeys.receipt(adas.image_id, '00001') });
    await stream();

    expect(await home.receipts.get(bobs.image_id, '00001')).toEqual(before);
    expect((await home.jobs.image(bobs.image_id))?.generation).toBe(1);
    expect((await as('bob', `/images/${bobs.image_id}/original`)).status).toBe(200);
    expect((await as('bob', `/receipts/${bobs.image_id}/1`)).status).toBe(200);
    expect([await listOf('ada'), await listOf('bob')]).toEqual([[], [bobs.image_id]]);
  });

  it('of whom one sends them again has one image still', async () => {
    const [first, again] = [await send('ada'), await send('ada')];
    expect(again).toEqual({ image_id: first.image_id, created: false });
  });

  it('of whom one sent them before there were owners keeps the image that it was', async () => {
    const earlier = await submit(home, png('a'), 'ada', DEFAULT_OWNER);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect((await send('ada')).image_id).toBe(earlier);
    expect((await send('bob')).image_id).not.toBe(earlier);
    await read(earlier);
    expect(await listOf('ada')).toEqual([earlier]);
    expect((await as('bob', `/images/${earlier}`)).status).toBe(404);
  });

  it('own their images also where the records are made again from the objects', async () => {
    const { image_id } = await send('auth0|5f');
    for (const { pk, sk } of (await home.records.query({ partition: `IMAGE#${image_id}`, limit: 100 })).items)
      await home.records.write({ kind: 'delete', key: { pk, sk } });
    const { body } = received('again', JSON.stringify({ Records: [created(image_id)] }));
    await createSubmitJob(home)([received('again', body)], context());
    expect(await home.jobs.image(image_id)).toMatchObject({ owner_id: 'auth0|5f' });
    expect((await as('auth0|5f', `/images/${image_id}`)).status).toBe(200);
    expect((await as('bob', `/images/${image_id}`)).status).toBe(404);
  });

  it('are read after all when an earlier release, beside this one, has refused their ids', async () => {
    const image_id = imageIdOf(sha256Hex(png('a')), 'ada');
    const refused = {
      image_id,
      s3_bucket: home.raw.bucket,
      s3_key: rawKey(image_id),
      size: 1,
      owner_id: DEFAULT_OWNER,
    };
    await home.jobs.create(refused, 'c', { code: 'IMAGE_HASH_MISMATCH', message: 'of an earlier release' });
    expect((await send('ada')).image_id).toBe(image_id);
    const current = await home.jobs.current(image_id);
    expect(current).toMatchObject({ image: { owner_id: 'ada' }, job: { status: 'PENDING', owner_id: 'ada' } });
  });

  it('of earlier releases are told apart by the sweeper: an image is its first sender’s', async () => {
    const image_id = await submit(home, png('a'), 'ada', DEFAULT_OWNER);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    await read(image_id);
    await home.clock.advance(1_000);
    await submit(home, png('a'), 'bob', DEFAULT_OWNER);
    const local = await submit(home, png('b'), 'local');
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect(await createSweeper(home)(context())).toMatchObject({ owners_filled: 1 });
    expect(await home.jobs.image(image_id)).toMatchObject({ owner_id: 'ada' });
    expect(await home.receipts.get(image_id, '00001')).toMatchObject({ owner_id: 'ada' });
    expect(await home.uploads.get(image_id, 'bob')).toMatchObject({ owner_id: 'ada' });
    expect(await home.jobs.image(local)).toMatchObject({ owner_id: DEFAULT_OWNER, revision: 1 });
    await home.clock.advance(86_400_001);
    expect(await createSweeper(home)(context())).toMatchObject({ owners_filled: 0 });
    // The bytes are still those of the id, and what is read later is the owner's.
    await home.jobs.reprocess(image_id, 'c');
    await read(image_id);
    expect(await home.receipts.get(image_id, '00001')).toMatchObject({ owner_id: 'ada' });
  });
});

describe('a token', () => {
  const post = (scope: string) =>
    as('ada', '/images', { method: 'POST', body: Buffer.from(png('a')), headers: { 'x-test-scope': scope } });

  it('allows what its scopes name, and nothing more', async () => {
    const reading = await post('openid slipstream/read');
    expect(reading.status).toBe(403);
    expect(await reading.json()).toMatchObject({
      code: 'FORBIDDEN',
      detail: expect.stringContaining('slipstream/write'),
    });
    expect((await post('slipstream/read slipstream/write')).status).toBe(202);
    const writing = { headers: { 'x-test-scope': 'slipstream/write' } };
    expect((await as('ada', '/receipts', writing)).status).toBe(403);
  });

  it('that names none of them reads and writes: of a provider that does not know them', async () => {
    expect((await post('openid email')).status).toBe(202);
    expect(grantOfToken('ada', 'openid email').scopes).toEqual(['read', 'write']);
    expect(grantOfToken('ada', 'slipstream/operator read').scopes).toEqual(['read', 'write']);
    expect(grantOfToken('ada', 'slipstream/operate').scopes).toEqual(['operate']);
  });

  it('of a subject that is called as the default owner is not that one', () => {
    expect(grantOfToken(DEFAULT_OWNER, undefined).owner_id).not.toBe(DEFAULT_OWNER);
  });
});
