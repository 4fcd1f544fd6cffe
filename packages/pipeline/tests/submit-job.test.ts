import { sha256Hex } from '@slipstream/runtime';
import {
  DEFAULT_OWNER,
  imageIdOf,
  imageIdOfRawKey,
  jobIdOf,
  ocrJobMessageSchema,
  rawKey,
  SlipstreamError,
} from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSubmitJob } from '../src/submit-job/submit-job.ts';
import { context, openTestHome, png, received, submit, type TestHome } from '../testing/test-home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await openTestHome();
});
afterEach(() => home.close());

const sent = async () => home.queues['ocr-queue'].receive({ max: 10, waitMs: 0, visibilityMs: 1_000 });
const uploadOf = (bucket: string, key: string) =>
  JSON.stringify({
    Records: [
      { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object: { key } } },
    ],
  });

describe('submit-job', () => {
  it('makes the records of a new image and queues its job', async () => {
    const image_id = await submit(home, png('a'));
    expect(await home.drain(home.queues['uploads-queue'], createSubmitJob(home))).toEqual({ retry: [] });
    const current = await home.jobs.current(image_id);
    expect(current?.image).toMatchObject({
      content_type: 'png',
      width: 1,
      height: 1,
      sha256: sha256Hex(png('a')),
      s3_key: rawKey(image_id),
    });
    expect(current?.job).toMatchObject({ status: 'PENDING', job_id: jobIdOf(image_id, 1), attempts: 0 });
    const [message] = await sent();
    expect(ocrJobMessageSchema.parse(JSON.parse(message?.body ?? ''))).toEqual({
      image_id,
      job_id: jobIdOf(image_id, 1),
      s3_bucket: 'slipstream-raw',
      s3_key: rawKey(image_id),
    });
  });

  it('the same event again makes no second job, but sends a PENDING one on', async () => {
    const image_id = await submit(home, png('a'));
    const messages = [received('m1', uploadOf('slipstream-raw', rawKey(image_id)))];
    await createSubmitJob(home)(messages, context());
    await createSubmitJob(home)(messages, context());
    expect((await home.jobs.image(image_id))?.generation).toBe(1);
    expect(await sent()).toHaveLength(2);
  });

  it.each([
    ['zero bytes', new Uint8Array(), 'IMAGE_EMPTY'],
    ['a text called .jpg', Buffer.from('Dear Sir or Madam'), 'IMAGE_TYPE_UNSUPPORTED'],
    ['an archive', Buffer.from('PK\x03\x04'), 'IMAGE_TYPE_UNSUPPORTED'],
    ['a PNG that declares 100 megapixels', pngDeclaring(10_000, 10_000), 'IMAGE_PIXELS_EXCEEDED'],
    ['a JPEG cut off in its header', Buffer.from('ffd8ffe000104a46494600', 'hex'), 'IMAGE_UNREADABLE'],
  ])('%s: the job FAILED with %s, and nothing is queued', async (_, bytes, code) => {
    const image_id = await submit(home, bytes);
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect((await home.jobs.current(image_id))?.job).toMatchObject({ status: 'FAILED', reason_code: code });
    expect(await sent()).toEqual([]);
  });

  it('a file over the limit is FAILED without being downloaded', async () => {
    const image_id = await submit(home, png('x'.repeat(5_000)));
    const raw = { ...rawOf(home), get: () => Promise.reject(new Error('it was downloaded')) };
    const limits = { bytesMax: 4_096, pixelsMax: 100 };
    await home.drain(home.queues['uploads-queue'], createSubmitJob({ ...home, raw }, limits));
    expect((await home.jobs.current(image_id))?.job).toMatchObject({
      status: 'FAILED',
      reason_code: 'IMAGE_TOO_LARGE',
    });
  });

  it('bytes that are not those of the id are FAILED; the right ones, sent later, are read', async () => {
    const image_id = imageIdOf(sha256Hex(png('right')));
    await home.raw.put(rawKey(image_id), png('wrong'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect((await home.jobs.current(image_id))?.job).toMatchObject({
      status: 'FAILED',
      reason_code: 'IMAGE_HASH_MISMATCH',
    });

    await submit(home, png('right'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    expect((await home.jobs.current(image_id))?.job).toMatchObject({ status: 'PENDING', generation: 2 });
    expect(await sent()).toHaveLength(1);
  });

  it.each([
    ['broken JSON', '{"Records": [', 'MESSAGE_INVALID'],
    ['a wrong type', '{"Records": 7}', 'MESSAGE_INVALID'],
    ['a foreign bucket', uploadOf('somebody-elses', `raw/${imageIdOf('x')}`), 'MESSAGE_BUCKET_FOREIGN'],
    ['a key with ..', uploadOf('slipstream-raw', 'raw/../../etc/passwd'), 'MESSAGE_KEY_INVALID'],
    ['a key that is not encoded', uploadOf('slipstream-raw', 'raw/%zz'), 'MESSAGE_KEY_INVALID'],
    ['an object that is gone', uploadOf('slipstream-raw', `raw/${imageIdOf('x')}`), 'OBJECT_NOT_FOUND'],
  ])('%s goes to the dead letters as %s, and the others in the batch are unharmed', async (_, body, code) => {
    const image_id = await submit(home, png('good'));
    const good = received('good', uploadOf('slipstream-raw', rawKey(image_id)));
    const response = await createSubmitJob(home)([received('bad', body), good], context());
    expect(response.retry).toEqual([]);
    const letters = await home.queues['uploads-queue'].dead.list({ limit: 10 });
    expect(letters.items).toMatchObject([{ id: 'bad', body, reason: { code } }]);
    expect((await home.jobs.current(image_id))?.job.status).toBe('PENDING');
  });

  it('an event of an object that was removed after its job had ended asks for nothing any more', async () => {
    const image_id = await submit(home, png('a'));
    await home.drain(home.queues['uploads-queue'], createSubmitJob(home));
    const current = await home.jobs.current(image_id);
    if (!current) throw new Error('no job');
    await home.jobs.fail(current.job, { code: 'ABORTED', message: 'test' });
    await home.raw.delete(rawKey(image_id));
    const messages = [received('late', uploadOf('slipstream-raw', rawKey(image_id)))];
    expect(await createSubmitJob(home)(messages, context())).toEqual({ retry: [] });
    expect((await home.queues['uploads-queue'].dead.list({ limit: 10 })).items).toEqual([]);
  });

  it.each([
    ['an upload that was never read', async () => {}, { status: 'FAILED', reason_code: 'OBJECT_LOST' }],
    [
      'one whose job waits: reading it says so',
      async (image_id: string) => {
        const image = {
          image_id,
          owner_id: DEFAULT_OWNER,
          s3_bucket: 'slipstream-raw',
          s3_key: rawKey(image_id),
          size: 7,
        };
        await home.jobs.create(image, 'c');
      },
      { status: 'PENDING' },
    ],
  ])('%s and is lost ends FAILED with what to do, and no dead letter', async (_, before, job) => {
    const image_id = await submit(home, png('a'));
    await before(image_id);
    await home.raw.delete(rawKey(image_id));
    expect(await home.drain(home.queues['uploads-queue'], createSubmitJob(home))).toEqual({ retry: [] });
    expect((await home.jobs.current(image_id))?.job).toMatchObject(job);
    expect((await home.queues['uploads-queue'].depth()).dead).toBe(0);
  });

  it('an upload that is lost while it is taken in FAILED likewise; sent again, it is read, and known as it is', async () => {
    const image_id = await submit(home, png('a'));
    const lost = new SlipstreamError('OBJECT_LOST', 'its file is missing');
    const raw = { ...rawOf(home), get: () => Promise.reject(lost) };
    await home.drain(home.queues['uploads-queue'], createSubmitJob({ ...home, raw }));
    expect((await home.jobs.current(image_id))?.job).toMatchObject({ status: 'FAILED', reason_code: 'OBJECT_LOST' });
    await home.raw.delete(rawKey(image_id));
    await submit(home, png('a'));
    const forgotten: string[] = [];
    const forgetLetters = async (id: string) => void forgotten.push(id);
    await home.drain(home.queues['uploads-queue'], createSubmitJob({ ...home, forgetLetters }));
    const current = await home.jobs.current(image_id);
    expect(current?.job).toMatchObject({ status: 'PENDING', generation: 2 });
    expect(current?.image).toMatchObject({ size: png('a').byteLength, content_type: 'png', width: 1, height: 1 });
    expect(forgotten).toEqual([image_id]);
  });

  it('what there is no time for is handed back untouched', async () => {
    const image_id = await submit(home, png('a'));
    const messages = [received('m1', uploadOf('slipstream-raw', rawKey(image_id)))];
    expect(await createSubmitJob(home)(messages, context(1_000))).toEqual({ retry: ['m1'] });
    expect(await home.jobs.image(image_id)).toBeNull();
  });

  it('a passing failure of the store hands back only its own record', async () => {
    const [a, b] = [await submit(home, png('a')), await submit(home, png('b'))];
    const raw = {
      ...rawOf(home),
      head: (key: string) =>
        imageIdOfRawKey(key) === a ? Promise.reject(new Error('connection reset')) : home.raw.head(key),
    };
    const messages = [a, b].map((id) => received(id, uploadOf('slipstream-raw', rawKey(id))));
    expect(await createSubmitJob({ ...home, raw })(messages, context())).toEqual({ retry: [a] });
    expect(await home.jobs.image(b)).not.toBeNull();
  });

  it('an empty batch is a health check', async () => {
    expect(await createSubmitJob(home)([], context())).toEqual({ retry: [] });
  });

  it("S3's test event is taken and forgotten", async () => {
    const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'slipstream-raw' });
    expect(await createSubmitJob(home)([received('m', body)], context())).toEqual({ retry: [] });
    expect((await home.queues['uploads-queue'].dead.list({ limit: 1 })).items).toEqual([]);
  });
});

function rawOf(of: TestHome): TestHome['raw'] {
  const { raw } = of;
  return {
    bucket: raw.bucket,
    put: (...args) => raw.put(...args),
    get: (...args) => raw.get(...args),
    head: (...args) => raw.head(...args),
    list: (...args) => raw.list(...args),
    delete: (...args) => raw.delete(...args),
    purge: (prefix) => raw.purge(prefix),
    presignPut: (...args) => raw.presignPut(...args),
  };
}

function pngDeclaring(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(png(''));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}
