import assert from 'node:assert/strict';
import { createMacVision } from '../../../src/index.ts';
import { requireAddon } from '../../../src/load-addon.ts';
import { type NativeOptions, startJob } from '../../../src/native-addon.ts';
import { fakeCounters, fakeImage, rectangle } from '../fake-image.ts';
import type { Scenario } from '../scenario.ts';

const LONG_MS = 60_000;
/** A busy machine may take seconds; what matters is that it is not LONG_MS. */
const PROMPT_MS = 15_000;
const LINES = [{ text: 'kept', quad: rectangle(0, 0, 1, 0.1) }];

export const NATIVE_OPTIONS: NativeOptions = {
  fast: false,
  languageCorrection: true,
  detectDocument: true,
  minimumTextHeight: 0,
  regionX: 0,
  regionY: 0,
  regionWidth: 1,
  regionHeight: 1,
  pixelsMax: 1e9,
  languages: [],
  customWords: [],
};

function start(image: Parameters<typeof fakeImage>[0]) {
  return startJob(requireAddon(), fakeImage(image), NATIVE_OPTIONS);
}

/** Resolves once the stand-in is at work on one more image than `before`. */
async function atWork(before: number): Promise<void> {
  while (fakeCounters().performed === before) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function assertPrompt(promise: Promise<unknown>, reason: object): Promise<void> {
  const began = performance.now();
  await assert.rejects(promise, reason);
  assert.ok(performance.now() - began < PROMPT_MS, 'it ended promptly');
}

export const cancellingScenarios: Scenario[] = [
  {
    name: 'a signal that has fired already',
    async run() {
      const before = fakeCounters().performed;
      const reason = new Error('too late');
      const signal = AbortSignal.abort(reason);
      await assert.rejects(createMacVision().recognizeText(fakeImage(), { signal }), reason);
      assert.equal(fakeCounters().performed, before);
    },
  },
  {
    name: 'a signal that fires while the image waits for its place',
    async run() {
      const vision = createMacVision();
      const first = vision.recognizeText(fakeImage({ delayMs: 100, lines: LINES }));
      const stop = new AbortController();
      const second = vision.recognizeText(fakeImage({ delayMs: LONG_MS }), { signal: stop.signal });
      const reason = new Error('changed my mind');
      stop.abort(reason);
      await assertPrompt(second, reason);
      assert.equal((await first).lines[0]?.text, 'kept');
      assert.equal((await vision.recognizeText(fakeImage({ lines: LINES }))).lines.length, 1);
    },
  },
  {
    name: 'a signal that fires while Vision is at work reaches both of its requests',
    async run() {
      const { performed, cancels } = fakeCounters();
      const stop = new AbortController();
      const vision = createMacVision();
      const job = vision.recognizeText(fakeImage({ delayMs: LONG_MS }), { signal: stop.signal, detectDocument: true });
      await atWork(performed);
      stop.abort();
      await assertPrompt(job, { name: 'AbortError' });
      await vision.close();
      assert.equal(fakeCounters().cancels, cancels + 2);
    },
  },
  {
    name: 'a cancel before the thread has begun, and one after the end',
    async run() {
      const busy = start({ delayMs: 50 });
      const job = start({ delayMs: LONG_MS });
      job.cancel();
      await assertPrompt(job.promise, { kind: 'cancelled' });
      await busy.promise;
      const { cancels } = fakeCounters();
      busy.cancel();
      job.cancel();
      assert.equal(fakeCounters().cancels, cancels, 'a request that is done is not touched');
    },
  },
  {
    name: 'a cancel that Vision notices only at its end still counts',
    async run() {
      const { performed } = fakeCounters();
      const job = start({ delayMs: 60, deaf: true, lines: LINES });
      await atWork(performed);
      job.cancel();
      await assert.rejects(job.promise, { kind: 'cancelled' });
    },
  },
  {
    name: 'a deaf Vision keeps its place while the caller goes on',
    async run() {
      const vision = createMacVision();
      const { performed } = fakeCounters();
      const stop = new AbortController();
      const deaf = vision.recognizeText(fakeImage({ delayMs: 1_000, deaf: true }), { signal: stop.signal });
      const next = vision.recognizeText(fakeImage({ lines: LINES }));
      await atWork(performed);
      stop.abort();
      await assert.rejects(deaf, { name: 'AbortError' });
      assert.equal(fakeCounters().performed, performed + 1, 'the caller goes on before the next image begins');
      assert.equal((await next).lines[0]?.text, 'kept');
      assert.equal(fakeCounters().performed, performed + 2);
    },
  },
  {
    name: 'an image that takes longer than its time is given up',
    async run() {
      const vision = createMacVision();
      const job = vision.recognizeText(fakeImage({ delayMs: LONG_MS }), { timeoutMs: 20 });
      await assertPrompt(job, { code: 'timeout', message: 'Vision took longer than 20 ms' });
      await vision.close();
    },
  },
  {
    name: 'cancels and exceptions at awkward moments',
    async run() {
      const jobs = [];
      for (let i = 0; i < 120; i++) {
        const image = i % 5 === 0 ? { throw: 'NSGenericException' } : { lines: LINES };
        const job = start({ delayMs: i % 4, ...image });
        jobs.push(job);
        if (i % 3 === 0) job.cancel();
        else if (i % 3 === 1) setTimeout(job.cancel, i % 6);
        if (i % 4 === 3) await Promise.allSettled(jobs.slice(-4).map(({ promise }) => promise));
      }
      for (const { promise } of jobs) {
        await promise.catch((error) => assert.ok(['cancelled', 'exception'].includes(error.kind), error));
      }
      for (const { cancel } of jobs) cancel();
    },
  },
];
