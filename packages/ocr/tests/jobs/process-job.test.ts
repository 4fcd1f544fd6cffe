import { FakeQueue } from '@slipstream/queue-worker/testing';
import { JOB_FAILURES_MAX, Jobs } from '@slipstream/records';
import { checkImage, createLogger, sha256Hex } from '@slipstream/runtime';
import {
  DEFAULT_OWNER,
  imageIdOf,
  type OcrDocument,
  type OcrJobMessage,
  rawKey,
  SlipstreamError,
} from '@slipstream/shared';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import type { OcrEngine } from '../../src/engines/engine.ts';
import { NullEngine } from '../../src/engines/null-engine.ts';
import { Claimants } from '../../src/jobs/claimants.ts';
import { JOB_CLAIMS_MAX } from '../../src/jobs/process-job.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);
const BYTES_MAX = 1_000;

/** An agent on a home in memory. */
function setUp(engine: OcrEngine = new NullEngine()) {
  const clock = new FakeClock();
  const records = new MemoryRecordStore();
  const jobs = new Jobs(records, clock);
  const queue = new FakeQueue(clock);
  const results = new FakeQueue(clock);
  const objects = new Map<string, Uint8Array>();
  const fetched: string[] = [];
  const documents = new Map<string, OcrDocument>();
  const agent = createAgent({
    queue,
    results,
    jobs,
    raw: {
      bucket: 'raw',
      async get(key) {
        fetched.push(key);
        const bytes = objects.get(key);
        if (!bytes) throw new SlipstreamError('OBJECT_NOT_FOUND', `There is no object ${key}.`);
        const body = (async function* () {
          yield bytes;
        })();
        return { key, size: bytes.byteLength, modifiedAt: 0, body };
      },
    },
    artifacts: { put: () => Promise.reject(new Error('documents are kept by writeDocument')) },
    writeDocument: async (key, document) => {
      documents.set(key, document);
    },
    engine,
    clock,
    logger: createLogger({ name: 'test', level: 'silent' }),
    checkImage: (bytes) => checkImage(bytes, { bytesMax: BYTES_MAX, pixelsMax: 1_000_000 }),
    image_bytes_max: BYTES_MAX,
    random: () => 0.5,
  });
  /** An image with its job and its message; `stored` are the bytes under its key, null for none. */
  async function submit(stored: Uint8Array | null, bytes: Uint8Array = stored ?? PNG) {
    const image_id = imageIdOf(sha256Hex(bytes));
    const s3_key = rawKey(image_id);
    if (stored) objects.set(s3_key, stored);
    const { job } = await jobs.create(
      { image_id, owner_id: DEFAULT_OWNER, s3_bucket: 'raw', s3_key, size: bytes.byteLength },
      'c-1',
    );
    const message: OcrJobMessage = { image_id, job_id: job.job_id, s3_bucket: 'raw', s3_key };
    return { message, job: () => jobs.get(image_id, job.job_id), fate: () => put(message) };
  }
  const put = (message: unknown) => {
    const [fate] = queue.put(typeof message === 'string' ? message : JSON.stringify(message));
    if (!fate) throw new Error('nothing was put');
    return fate;
  };
  const run = async (ms = 5_000) => {
    void agent.run();
    await clock.advance(ms);
  };
  return { clock, jobs, queue, results, fetched, documents, agent, submit, put, run };
}

describe('a job', () => {
  it('is read, its document written, published, its result sent, and then acknowledged', async () => {
    const { documents, results, submit, run, agent } = setUp();
    const { message, job, fate } = await submit(PNG);
    const { calls } = fate();
    await run();
    const done = await job();
    expect(done).toMatchObject({ status: 'OCR_DONE', attempt: 1 });
    expect(documents.get(done?.document_key ?? '')?.image).toMatchObject({ width: 1, height: 1 });
    expect(results.sent).toEqual([{ image_id: message.image_id, job_id: message.job_id }]);
    expect(calls).toEqual(['ack']);
    expect(agent.status()).toMatchObject({ in_hand: 0, counts: { done: 1 }, last_job: { job_id: message.job_id } });
  });

  it('of a picture whose file is cut off says so in its document', async () => {
    const { documents, submit, run } = setUp();
    const cut = await submit(PNG.subarray(0, PNG.length - 12));
    const whole = await submit(PNG);
    for (const { fate } of [cut, whole]) fate();
    await run();
    const truncatedOf = async ({ job }: typeof cut) =>
      documents.get((await job())?.document_key ?? '')?.image.truncated;
    expect([await truncatedOf(cut), await truncatedOf(whole)]).toEqual([true, undefined]);
  });

  it('of a bad photograph is read, and says what is wrong with it', async () => {
    const engine = new NullEngine();
    const read = engine.recognise.bind(engine);
    engine.recognise = async (image) => ({
      ...(await read(image)),
      quality: { blur: 0.9, dark: 0.2, glare: 0, cut: 1 },
    });
    const { submit, run } = setUp(engine);
    const { job, fate } = await submit(PNG);
    fate();
    await run();
    expect(await job()).toMatchObject({ status: 'OCR_DONE', photo_hints: ['PHOTO_BLURRED', 'PHOTO_CUT_OFF'] });
  });

  it('that is OCR_DONE already has its result sent again and is not read again', async () => {
    const { clock, documents, results, submit, run } = setUp();
    const { fate } = await submit(PNG);
    fate();
    await run();
    const { calls } = fate();
    await clock.advance(1_000);
    expect(calls).toEqual(['ack']);
    expect(documents.size).toBe(1);
    expect(results.sent).toHaveLength(2);
  });

  it('that has FAILED is acknowledged without work', async () => {
    const { jobs, documents, submit, run } = setUp();
    const { fate, job } = await submit(PNG);
    const pending = await job();
    if (pending) await jobs.fail(pending, { code: 'STALLED', message: 'x' });
    const { calls } = fate();
    await run();
    expect(calls).toEqual(['ack']);
    expect(documents.size).toBe(0);
  });

  it('that somebody else holds is put off until their claim ends', async () => {
    const { jobs, clock, submit, run } = setUp();
    const { message, fate } = await submit(PNG);
    await jobs.claim(message.image_id, message.job_id, { owner: 'elsewhere/1/a/1', expires_at: clock.now() + 30_000 });
    const { calls } = fate();
    await run(100);
    expect(calls).toEqual(['release 30500']);
  });

  it('that takes its agent down each time ends FAILED after some claims', async () => {
    const { jobs, clock, submit, run } = setUp();
    const { message, fate, job } = await submit(PNG);
    for (let claim = 0; claim < JOB_CLAIMS_MAX; claim += 1) {
      const expires_at = clock.now() + 1;
      await jobs.claim(message.image_id, message.job_id, { owner: 'elsewhere/1/a/1', expires_at });
      await clock.advance(1);
    }
    const { calls } = fate();
    await run();
    expect(await job()).toMatchObject({ status: 'FAILED', reason_code: 'ATTEMPTS_EXHAUSTED' });
    expect(calls).toEqual(['reject']);
  });
});

describe('bad input ends with its own reason, and harms nothing beside it:', () => {
  const bomb = Buffer.from(PNG);
  bomb.writeUInt32BE(10_000, 16);
  bomb.writeUInt32BE(10_000, 20);
  const images: [string, Uint8Array | null, Uint8Array, string][] = [
    ['a file of zero bytes', Buffer.alloc(0), Buffer.alloc(0), 'IMAGE_EMPTY'],
    ['a file that is too large', Buffer.alloc(BYTES_MAX + 1), Buffer.alloc(BYTES_MAX + 1), 'IMAGE_TOO_LARGE'],
    ['a PNG of 100 megapixels', bomb, bomb, 'IMAGE_PIXELS_EXCEEDED'],
    ['an archive', Buffer.from('PK\x03\x04'), Buffer.from('PK\x03\x04'), 'IMAGE_TYPE_UNSUPPORTED'],
    ['a text called .jpg', Buffer.from('hello'), Buffer.from('hello'), 'IMAGE_TYPE_UNSUPPORTED'],
    ['a truncated JPEG', Buffer.from([0xff, 0xd8, 0xff]), Buffer.from([0xff, 0xd8, 0xff]), 'IMAGE_UNREADABLE'],
    ['bytes that are not those of the id', Buffer.from('altered'), PNG, 'IMAGE_HASH_MISMATCH'],
    ['an object that is gone', null, Buffer.from('gone'), 'OBJECT_NOT_FOUND'],
  ];

  it.each(images)('%s', async (_, stored, bytes, code) => {
    const { submit, run } = setUp();
    const bad = await submit(stored, bytes);
    const good = await submit(Buffer.concat([PNG, Buffer.from('good')]));
    const [badFate, goodFate] = [bad.fate(), good.fate()];
    await run();
    expect(await bad.job()).toMatchObject({ status: 'FAILED', reason_code: code });
    expect(badFate.reasons).toMatchObject([{ code, details: { input_key: bad.message.s3_key, engine: 'null 1' } }]);
    expect(goodFate.calls).toEqual(['ack']);
    expect(await good.job()).toMatchObject({ status: 'OCR_DONE' });
  });

  const ID = imageIdOf('b'.repeat(64));
  const MESSAGE = { image_id: ID, job_id: ID, s3_bucket: 'raw', s3_key: rawKey(ID) };
  it.each([
    ['broken JSON', '{"image_id":', 'MESSAGE_INVALID'],
    ['a wrong type', JSON.stringify({ ...MESSAGE, job_id: 7 }), 'MESSAGE_INVALID'],
    ['a foreign bucket', JSON.stringify({ ...MESSAGE, s3_bucket: 'theirs' }), 'MESSAGE_BUCKET_FOREIGN'],
    ['a key with ..', JSON.stringify({ ...MESSAGE, s3_key: `raw/../${ID}` }), 'MESSAGE_KEY_INVALID'],
    [
      'the key of another image',
      JSON.stringify({ ...MESSAGE, s3_key: rawKey(imageIdOf('c'.repeat(64))) }),
      'MESSAGE_KEY_INVALID',
    ],
    ['a job without a record', JSON.stringify(MESSAGE), 'JOB_NOT_FOUND'],
  ])('%s', async (_, body, code) => {
    const { put, submit, run } = setUp();
    const good = await submit(PNG);
    const [badFate, goodFate] = [put(body), good.fate()];
    await run();
    expect(badFate.calls).toEqual(['reject']);
    expect(badFate.reasons).toMatchObject([{ code }]);
    expect(goodFate.calls).toEqual(['ack']);
  });
});

describe('an engine that fails', () => {
  const failing = (code: 'ENGINE_FAILED' | 'ENGINE_UNAVAILABLE'): OcrEngine => ({
    name: 'failing',
    version: '1',
    concurrency: 1,
    prewarm: async () => {},
    close: async () => {},
    recognise: async () => {
      throw new SlipstreamError(code, 'It broke.');
    },
  });

  it('costs the job one of its attempts, and the last of them the job', async () => {
    const { clock, submit, run } = setUp(failing('ENGINE_FAILED'));
    const { fate, job } = await submit(PNG);
    const calls = fate().calls;
    await run();
    expect(calls).toEqual(['release 3750']);
    expect(await job()).toMatchObject({ status: 'PENDING', attempts: 1, reason_code: 'ENGINE_FAILED' });
    let last = fate();
    for (let failures = 2; failures <= JOB_FAILURES_MAX; failures += 1) {
      await clock.advance(1_000);
      if (failures < JOB_FAILURES_MAX) last = fate();
    }
    expect(await job()).toMatchObject({ status: 'FAILED', attempts: JOB_FAILURES_MAX });
    expect(last.reasons).toMatchObject([{ code: 'ENGINE_FAILED' }]);
  });

  it('because it cannot run on this machine costs no job anything, and the agent waits', async () => {
    const { agent, submit, run } = setUp(failing('ENGINE_UNAVAILABLE'));
    const { fate, job } = await submit(PNG);
    fate();
    await run();
    expect(await job()).toMatchObject({ status: 'PENDING', attempts: 0 });
    expect(agent.status()).toMatchObject({ state: 'waiting', trouble: { code: 'ENGINE_UNAVAILABLE' } });
  });

  it('by never ending is called off in time, and counted', async () => {
    const stuck = { ...failing('ENGINE_FAILED'), recognise: () => new Promise<never>(() => {}) };
    const { clock, agent, submit } = setUp(stuck);
    const { fate, job } = await submit(PNG);
    fate();
    const ended = agent.run().catch((error: unknown) => error);
    await clock.advance(121_000);
    expect(await job()).toMatchObject({ status: 'PENDING', attempts: 1, reason_code: 'TIME_EXHAUSTED' });
    await clock.advance(60_000);
    expect(await ended).toMatchObject({ code: 'ENGINE_UNAVAILABLE' }); // it does not let go: a new process has to
  });
});

describe('while one image is read', () => {
  it('the next ones are fetched, and not more than are read soon', async () => {
    const reading: string[] = [];
    const slow: OcrEngine = {
      name: 'slow',
      version: '1',
      concurrency: 1,
      prewarm: async () => {},
      close: async () => {},
      recognise: (image) => {
        reading.push(image.image_id);
        return new Promise(() => {});
      },
    };
    const { fetched, submit, run } = setUp(slow);
    for (let n = 0; n < 8; n += 1) (await submit(Buffer.concat([PNG, Buffer.from([n])]))).fate();
    await run(1_000);
    expect(reading).toHaveLength(1);
    expect(fetched).toHaveLength(3);
  });
});

describe('claimants', () => {
  it('know who is gone: ended claims of their own, and processes of this host that do not run', () => {
    const claimants = new Claimants({
      host: 'mac',
      pid: 10,
      nonce: 'aa',
      isRunning: (pid) => pid === 10 || pid === 11,
    });
    const mine = claimants.next();
    expect(claimants.isGone(mine.owner)).toBe(false);
    mine.end();
    expect(claimants.isGone(mine.owner)).toBe(true);
    expect(claimants.isGone('mac/11/bb/1')).toBe(false);
    expect(claimants.isGone('mac/12/bb/1')).toBe(true);
    expect(claimants.isGone('other/12/bb/1')).toBe(false);
    expect(claimants.isGone('nonsense')).toBe(false);
  });

  it('of a killed agent on this host have their jobs sent again when an agent starts', async () => {
    const { jobs, clock, queue, submit, run, agent } = setUp();
    const { message, job } = await submit(PNG);
    const { hostname } = await import('node:os');
    const owner = `${hostname()}/999999999/aa/1`;
    await jobs.claim(message.image_id, message.job_id, { owner, expires_at: clock.now() + 3_600_000 });
    await run();
    expect(queue.sent).toEqual([message]);
    expect(await job()).toMatchObject({ status: 'PENDING' });
    void agent.stop();
  });
});
