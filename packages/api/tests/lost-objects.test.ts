import { createProcessOcrResults } from '@slipstream/pipeline/process-ocr-results';
import { createSubmitJob } from '@slipstream/pipeline/submit-job';
import { createSweeper } from '@slipstream/pipeline/sweeper';
import {
  CAFE,
  context,
  openTestHome,
  png,
  publish,
  received,
  submit,
  type TestHome,
} from '@slipstream/pipeline/testing';
import { createValidateReceipt } from '@slipstream/pipeline/validate-receipt';
import { LOCAL_SENDER, submitImage } from '@slipstream/records';
import { LOCAL_GRANT, type OcrJobRecord, recordKeys } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi, failedImages } from '../src/index.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

const MINUTE = 60_000;
const submitJob = () => createSubmitJob(home, undefined, { senderOfUnannounced: 'local' });

async function published(name: string): Promise<OcrJobRecord> {
  const image_id = await submit(home, png(name));
  await home.drain(home.queues['uploads-queue'], submitJob());
  return publish(home, image_id, CAFE);
}
async function completed(name: string): Promise<OcrJobRecord> {
  const job = await published(name);
  const { image_id, job_id } = job;
  await createProcessOcrResults(home)([received('m', JSON.stringify({ image_id, job_id }))], context());
  return job;
}
const receiptOf = async (imageId: string) => {
  const [record] = await home.receipts.ofImage(imageId);
  if (!record) throw new Error('there is no receipt');
  return record;
};
const validate = (records: readonly { image_id: string; receipt_id: string; revision: number }[]) =>
  createValidateReceipt(home)(
    records.map((ids, index) => received(`v${index}`, JSON.stringify(ids))),
    context(),
  );

describe('a lost original', () => {
  it('that is submitted again is read again where its job had failed for it', async () => {
    const image_id = await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], submitJob());
    await home.raw.delete(`raw/${image_id}`);
    const job = (await home.jobs.current(image_id))?.job;
    if (job) await home.jobs.fail(job, { code: 'OBJECT_LOST', message: 'its file is missing' });
    expect((await failedImages(home, 'local', { limit: 10, cursor: null })).failures).toMatchObject([{ image_id }]);
    const again = await submitImage(home, { bytes: png('a'), file_name: 'a.png', ...LOCAL_SENDER });
    expect(again).toEqual({ image_id, created: true });
    await home.drain(home.queues['uploads-queue'], submitJob());
    expect((await home.jobs.current(image_id))?.job).toMatchObject({ status: 'PENDING', generation: 2 });
    expect((await failedImages(home, 'local', { limit: 10, cursor: null })).failures).toEqual([]);
  });

  it('whose bytes are damaged is replaced by the right ones', async () => {
    const image_id = await submit(home, png('a'));
    await home.raw.put(`raw/${image_id}`, png('b'));
    expect((await submitImage(home, { bytes: png('a'), file_name: 'a', ...LOCAL_SENDER })).created).toBe(true);
    expect((await submitImage(home, { bytes: png('a'), file_name: 'a', ...LOCAL_SENDER })).created).toBe(false);
  });

  it('that housekeeping found again belongs to the user of this machine', async () => {
    const image_id = await submit(home, png('a'));
    await home.records.write({ kind: 'delete', key: recordKeys.upload(image_id, 'local') });
    await home.drain(home.queues['uploads-queue'], submitJob());
    expect(await home.uploads.get(image_id, 'local')).toMatchObject({ file_name: `recovered ${image_id.slice(0, 8)}` });
  });

  it('belongs to nobody where nobody may have all that nobody is known to have sent', async () => {
    const image_id = await submit(home, png('a'));
    await home.records.write({ kind: 'delete', key: recordKeys.upload(image_id, 'local') });
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect(await home.uploads.ofImage(image_id)).toEqual([]);
  });

  it('is answered with what to do, and its neighbour with its bytes', async () => {
    const [lost, well] = [await completed('lost'), await completed('well')];
    await home.raw.delete(`raw/${lost.image_id}`);
    const api = createApi({ ...home, imageBytesMax: 10_000, grant: () => LOCAL_GRANT });
    const [gone, there] = [
      await api.request(`/images/${lost.image_id}/original`),
      await api.request(`/images/${well.image_id}/original`),
    ];
    expect(gone.status).toBe(404);
    expect(await gone.json()).toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    expect(there.status).toBe(200);
  });
});

describe.each([
  ['missing', (key: string) => home.artifacts.delete(key)],
  ['torn', (key: string) => home.artifacts.put(key, Buffer.from('not gzip'))],
])('a receipt whose document is %s', (_what, damage) => {
  it('asks for review, with the reason; its neighbour is validated', async () => {
    const records = [
      await receiptOf((await completed('a')).image_id),
      await receiptOf((await completed('b')).image_id),
    ];
    await damage(records[0]?.object_key ?? '');
    expect(await validate(records)).toEqual({ retry: [] });
    expect(await receiptOf(records[0]?.image_id ?? '')).toMatchObject({
      status: 'NEEDS_REVIEW',
      reason_message: expect.stringContaining(records[0]?.object_key ?? ''),
    });
    expect((await receiptOf(records[1]?.image_id ?? '')).status).not.toBe('NEW');
    expect((await home.queues['validate-queue'].depth()).dead).toBe(0);
  });

  it('is read again from its original, and says that a review is lost', async () => {
    const job = await completed('a');
    const record = await receiptOf(job.image_id);
    const key = recordKeys.receipt(record.image_id, record.receipt_id);
    await home.records.write({ kind: 'update', key, set: { status: 'REVIEWED' } });
    await damage(record.object_key);
    await home.jobs.reprocess(job.image_id, 'c');
    const { image_id, job_id } = await publish(home, job.image_id, CAFE);
    const message = received('m', JSON.stringify({ image_id, job_id }));
    expect(await createProcessOcrResults(home)([message], context())).toEqual({ retry: [] });
    expect(await receiptOf(job.image_id)).toMatchObject({ reason_code: 'REVIEW_LOST', job_id, status: 'NEW' });
  });
});

describe('the sweeper', () => {
  const sweep = () => createSweeper(home, 5 * MINUTE)(context());

  it('sends on what is dated in the future, since the clock was set back', async () => {
    const pending = await submit(home, png('pending'));
    await home.drain(home.queues['uploads-queue'], submitJob());
    await published('published');
    const running = await submit(home, png('running'));
    await home.drain(home.queues['uploads-queue'], submitJob());
    const job = (await home.jobs.current(running))?.job;
    const claim = { owner: 'killed', expires_at: home.clock.now() + MINUTE };
    await home.jobs.claim(running, job?.job_id ?? '', claim);
    await completed('validating');

    home.clock.wall_step_ms = -6 * 60 * MINUTE;
    expect(await sweep()).toMatchObject({ jobs_sent: 2, results_sent: 1, validations_sent: 1, skipped: 0 });
    expect((await home.jobs.current(running))?.job).toMatchObject({ status: 'PENDING' });
    expect((await home.jobs.current(pending))?.job).toMatchObject({ status: 'PENDING' });
    expect(await sweep()).toMatchObject({ jobs_sent: 0, results_sent: 0, validations_sent: 0 });
  });

  it('passes by a record that is damaged', async () => {
    const images = [await submit(home, png('a')), await submit(home, png('b'))];
    await home.drain(home.queues['uploads-queue'], submitJob());
    const job = (await home.jobs.current(images[0] ?? ''))?.job;
    const key = recordKeys.ocrJob(images[0] ?? '', job?.job_id ?? '');
    await home.records.write({ kind: 'update', key, set: { attempts: 'many' } });
    await home.clock.advance(5 * MINUTE);
    expect(await sweep()).toMatchObject({ jobs_sent: 1, skipped: 1 });
  });
});
