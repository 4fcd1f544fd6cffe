import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createStreamProcessor } from '@slipstream/pipeline/stream-processor';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
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
import { imageIdOf } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

let home: TestHome;
let api: ReturnType<typeof createApi>;
beforeEach(async () => {
  home = await openTestHome();
  api = createApi({ ...home, imageBytesMax: 10_000, caller: (request) => request.headers.get('x-test-caller') ?? '' });
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

describe('a caller', () => {
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

  it('who sends an image that was read long ago finds its receipts', async () => {
    const image_id = await completed('ada');
    expect((await as('bob', '/images', { method: 'POST', body: Buffer.from(png('a')) })).status).toBe(202);
    await stream();
    expect(await listOf('bob')).toEqual([image_id]);
    expect(await listOf('ada')).toEqual([image_id]);
    expect((await as('bob', `/images/${image_id}`)).status).toBe(200);
  });

  it('who sends an image while it is read finds its receipts, in whatever order the changes come', async () => {
    const image_id = await completed('ada');
    await submit(home, png('a'), 'bob');
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
    const image_id = imageIdOf(sha256Hex(png('a')));
    await read(image_id);
    expect((await home.jobs.current(image_id))?.job.correlation_id).toBe('from-the-caller');
    const [message] = await home.queues['validate-queue'].receive({ max: 1, waitMs: 0, visibilityMs: 1_000 });
    expect(message?.correlationId).toBe('from-the-caller');
    expect(
      home.logged.filter(({ correlation_id }) => correlation_id === 'from-the-caller').map(({ msg }) => msg),
    ).toEqual(expect.arrayContaining(['api done', 'submit-job done', 'stream-processor done']));
  });
});
