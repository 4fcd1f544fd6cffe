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
import { grantOfToken, recordKeys } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../src/create-api.ts';

const LETTER = ['Dear Anna', 'it was lovely to see you', 'kind regards'];
const DAY = 86_400_000;

let home: TestHome;
let api: ReturnType<typeof createApi>;
beforeEach(async () => {
  home = await openTestHome();
  api = createApi({
    ...home,
    imageBytesMax: 10_000,
    grant: (request) => grantOfToken(request.headers.get('x-test-caller') ?? '', undefined),
  });
});
afterEach(() => home.close());

const follow = async () => createStreamProcessor(home)(await changesOf(home), context());
async function listed(status: string, caller = 'ada', query = '') {
  const response = await api.request(`/images?status=${status}${query}`, { headers: { 'x-test-caller': caller } });
  return (await response.json()) as { images: { image_id: string; file_name: string }[]; cursor: string | null };
}
const idsOf = async (...asked: Parameters<typeof listed>) => (await listed(...asked)).images.map((one) => one.image_id);
const outcomeOf = async (imageId: string) => (await home.jobs.image(imageId))?.outcome;

async function sent(name: string, caller = 'ada'): Promise<string> {
  const imageId = await submit(home, png(name), caller);
  await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
  return imageId;
}
async function read(image_id: string, lines: readonly string[]): Promise<void> {
  const { job_id } = await publish(home, image_id, lines);
  const message = JSON.stringify({ image_id, job_id });
  await createProcessOcrResults(home)([received('m', message)], context());
}

describe('what came of an image', () => {
  it('has with it what is wrong with the photograph', async () => {
    const imageId = await sent('a');
    const current = await home.jobs.current(imageId);
    const claim = { owner: 'agent', expires_at: Date.now() + 60_000, isGone: () => false };
    const claimed = await home.jobs.claim(imageId, current?.job.job_id ?? '', claim);
    if (claimed.kind !== 'claimed') throw new Error('the job is not free');
    const published = await home.jobs.publish(claimed.job, 'ocr/a.json.gz', ['PHOTO_DARK']);
    if (published === null) throw new Error('not published');
    await home.receipts.complete(published, []);
    await follow();
    expect(await listed('NO_RECEIPT')).toMatchObject({
      images: [{ image_id: imageId, photo_hints: [{ code: 'PHOTO_DARK' }] }],
    });
    const view = await api.request(`/images/${imageId}`, { headers: { 'x-test-caller': 'ada' } });
    expect(await view.json()).toMatchObject({
      job: { photo_hints: [{ code: 'PHOTO_DARK', message: expect.stringContaining('more light') }] },
    });
  });

  it('stands on it, and in the list of whoever sent it', async () => {
    const [receipt, letter, text] = [await sent('a'), await sent('b'), await submit(home, Buffer.from('text'), 'ada')];
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    await read(receipt, CAFE);
    await read(letter, LETTER);
    await follow();
    expect([await outcomeOf(receipt), await outcomeOf(letter), await outcomeOf(text)]).toEqual([
      'RECEIPTS',
      'NO_RECEIPT',
      'FAILED',
    ]);
    expect(await idsOf('RECEIPTS')).toEqual([receipt]);
    expect(await listed('NO_RECEIPT')).toMatchObject({ images: [{ image_id: letter, file_name: 'receipt.png' }] });
    expect(await idsOf('FAILED')).toEqual([text]);
    expect(await idsOf('NO_RECEIPT', 'bob')).toEqual([]);
    expect((await api.request('/images?status=LOST')).status).toBe(400);
    const view = await api.request(`/images/${letter}`, { headers: { 'x-test-caller': 'ada' } });
    expect(await view.json()).toMatchObject({ outcome: 'NO_RECEIPT', job: { status: 'COMPLETED', receipt_count: 0 } });
  });

  it.each<[string, (imageId: string) => Promise<unknown>]>([
    ['given up by its agent', async (imageId) => home.jobs.failOwned(await claimed(imageId), REASON)],
    [
      'failed for the last time',
      async (imageId) => home.jobs.giveBack({ ...(await claimed(imageId)), attempts: 4 }, REASON),
    ],
    ['failed by whoever looked at it', async (imageId) => home.jobs.fail(await claimed(imageId), REASON)],
    [
      'failed after the OCR',
      async (imageId) => home.jobs.noteFailure({ ...(await publish(home, imageId, CAFE)), attempts: 4 }, REASON),
    ],
  ])('is FAILED when its job was %s', async (_, fail) => {
    const imageId = await sent('a');
    await fail(imageId);
    await follow();
    expect((await home.jobs.current(imageId))?.job.status).toBe('FAILED');
    expect(await idsOf('FAILED')).toEqual([imageId]);
  });

  it('is of its newest job: read again it is in no list, then in the right one', async () => {
    const imageId = await sent('a');
    await read(imageId, LETTER);
    await follow();
    await home.jobs.reprocess(imageId, 'c');
    await follow();
    expect(await idsOf('NO_RECEIPT')).toEqual([]);
    await read(imageId, CAFE);
    await follow();
    expect([await idsOf('NO_RECEIPT'), await idsOf('RECEIPTS')]).toEqual([[], [imageId]]);
    // The whole stream once more changes nothing.
    await follow();
    expect([await idsOf('NO_RECEIPT'), await idsOf('RECEIPTS')]).toEqual([[], [imageId]]);
  });

  it('is not changed by an older job that fails late', async () => {
    const imageId = await sent('a');
    const late = await claimed(imageId);
    await home.jobs.fail(late, REASON);
    await home.jobs.reprocess(imageId, 'c');
    await read(imageId, LETTER);
    const again = await home.jobs.get(imageId, late.job_id);
    if (again) await home.jobs.fail(again, REASON);
    expect(await outcomeOf(imageId)).toBe('NO_RECEIPT');
  });

  it('is in the list of somebody of the same household who sends the same image later', async () => {
    const imageId = await sent('a');
    await read(imageId, LETTER);
    await submit(home, png('a'), 'bob', 'ada');
    await follow();
    expect(await idsOf('NO_RECEIPT', 'bob')).toEqual([imageId]);
  });

  it('comes page by page, the latest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      ids.unshift(await sent(String(n)));
      await read(ids[0] ?? '', LETTER);
      await home.clock.advance(1_000);
    }
    await follow();
    const first = await listed('NO_RECEIPT', 'ada', '&limit=3');
    const second = await listed('NO_RECEIPT', 'ada', `&limit=3&cursor=${encodeURIComponent(first.cursor ?? '')}`);
    expect([...first.images, ...second.images].map(({ image_id }) => image_id)).toEqual(ids);
  });
});

describe('images that an earlier release read', () => {
  const sweep = () => createSweeper(home)(context());
  const forget = async (imageId: string) =>
    home.records.write({ kind: 'update', key: recordKeys.image(imageId), remove: ['outcome', 'outcome_at'] });

  it('are filled in by the sweeper, which goes on where it stopped', async () => {
    const [receipt, letter, waiting] = [await sent('a'), await sent('b'), await sent('c')];
    await read(receipt, CAFE);
    await read(letter, LETTER);
    await forget(receipt);
    await forget(letter);
    expect(await sweep()).toMatchObject({ outcomes_filled: 2 });
    await follow();
    expect([await idsOf('RECEIPTS'), await idsOf('NO_RECEIPT')]).toEqual([[receipt], [letter]]);
    expect(await outcomeOf(waiting)).toBeUndefined();

    // The earlier release ran beside it for a while: a second round finds that, a round that finds nothing is the last.
    await forget(letter);
    expect(await sweep()).toMatchObject({ outcomes_filled: 0 });
    await home.clock.advance(DAY);
    expect(await sweep()).toMatchObject({ outcomes_filled: 1 });
    await home.clock.advance(DAY);
    expect(await sweep()).toMatchObject({ outcomes_filled: 0 });
    await forget(letter);
    await home.clock.advance(DAY);
    expect(await sweep()).toMatchObject({ outcomes_filled: 0 });
  });
});

const REASON = { code: 'ENGINE_FAILED', message: 'test' };

async function claimed(imageId: string) {
  const current = await home.jobs.current(imageId);
  const claim = await home.jobs.claim(imageId, current?.job.job_id ?? '', {
    owner: 'test',
    expires_at: home.clock.now() + 60_000,
  });
  return claim.job;
}
