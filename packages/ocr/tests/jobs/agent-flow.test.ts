import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getDocument, Jobs } from '@slipstream/records';
import { checkImage, createLogger, sha256Hex } from '@slipstream/runtime';
import {
  DEFAULT_OWNER,
  imageIdOf,
  type OcrDocument,
  type OcrJobMessage,
  type OcrJobRecord,
  ocrDocumentSchema,
  type Quad,
  rawKey,
  systemClock,
} from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import type { OcrEngine } from '../../src/engines/engine.ts';
import { selectEngine } from '../../src/engines/select-engine.ts';
import { childProcesses, type FakeText, fakePhotograph, useFakeVision } from '../../testing/fake-vision.ts';

const IMAGE_TIMEOUT_MS = 30_000;
const TEST_TIMEOUT_MS = 60_000;
const EXACT = 9;
const TEXTS: FakeText[] = [
  {
    text: 'Corner Shop',
    quad: [
      [0.2, 0.11],
      [0.7, 0.13],
      [0.69, 0.18],
      [0.19, 0.16],
    ],
  },
  {
    text: 'Total 12.50',
    quad: [
      [0.21, 0.31],
      [0.76, 0.335],
      [0.75, 0.385],
      [0.2, 0.36],
    ],
  },
];

describe.skipIf(!useFakeVision())("the agent with Apple Vision's addon, from message to document", () => {
  const logger = createLogger({ name: 'test', level: 'silent' });
  let folder: string;
  let store: EmbeddedStore;
  let engine: OcrEngine;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'agent-flow-'));
    store = await openEmbeddedStore({ dataDir: folder });
    engine = await selectEngine('apple-vision', {
      languages: ['en-US'],
      concurrency: 1,
      timeoutMs: IMAGE_TIMEOUT_MS,
    });
  });
  afterEach(async () => {
    await engine.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterAll(() => {
    delete process.env.NODE_MAC_VISION_ADDON;
  });

  async function submit(bytes: Buffer): Promise<OcrJobMessage> {
    const sha256 = sha256Hex(bytes);
    const image = {
      image_id: imageIdOf(sha256),
      owner_id: DEFAULT_OWNER,
      s3_bucket: store.raw.bucket,
      s3_key: rawKey(imageIdOf(sha256)),
    };
    await store.raw.put(image.s3_key, bytes);
    const { job } = await new Jobs(store.records, systemClock).create({ ...image, size: bytes.length, sha256 }, 'flow');
    const message = { ...image, job_id: job.job_id };
    await store.queue('ocr-queue').send(message);
    return message;
  }

  /** Runs an agent until the job has left the queue; returns the job and the document that it names. */
  async function work(message: OcrJobMessage, meanwhile?: () => Promise<void>) {
    const jobs = new Jobs(store.records, systemClock);
    const agent = createAgent({
      queue: store.queue('ocr-queue'),
      results: store.queue('ocr-results-queue'),
      jobs,
      raw: store.raw,
      artifacts: store.artifacts,
      engine,
      clock: systemClock,
      logger,
      checkImage,
    });
    const running = agent.run();
    await meanwhile?.().catch(async (thrown: unknown) => {
      await agent.stop();
      throw thrown;
    });
    let job: OcrJobRecord | null = null;
    while (job?.status !== 'OCR_DONE' && job?.status !== 'FAILED') {
      await sleep(20);
      job = await jobs.get(message.image_id, message.job_id);
    }
    await agent.stop();
    await running;
    const document = job.document_key
      ? await getDocument(store.artifacts, job.document_key, ocrDocumentSchema)
      : undefined;
    return { job, document };
  }

  function expectTexts(document: OcrDocument | undefined, orientation: number): void {
    expect(document?.lines.map(({ text }) => text)).toEqual(TEXTS.map(({ text }) => text));
    expect(document?.image).toMatchObject(
      orientation >= 5 ? { width: 400, height: 300, orientation } : { width: 300, height: 400, orientation },
    );
    for (const [i, { quad }] of TEXTS.entries()) expectQuad(document?.lines[i]?.quad, quad);
    const [[x, y], [x1, y1]] = TEXTS[1]?.quad ?? [
      [0, 0],
      [0, 0],
    ];
    // "Total" is five of eleven characters.
    const word = document?.lines[1]?.words[0];
    expect(word?.text).toBe('Total');
    expect(word?.quad[1][0]).toBeCloseTo(x + ((x1 - x) * 5) / 11, EXACT);
    expect(word?.quad[1][1]).toBeCloseTo(y + ((y1 - y) * 5) / 11, EXACT);
  }

  function expectQuad(actual: Quad | undefined, expected: Quad): void {
    for (const [i, [x, y]] of expected.entries()) {
      expect(actual?.[i]?.[0]).toBeCloseTo(x, EXACT);
      expect(actual?.[i]?.[1]).toBeCloseTo(y, EXACT);
    }
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'a photograph of orientation %i: every quad in the upright image, to 1e-9',
    async (orientation) => {
      const message = await submit(await fakePhotograph(TEXTS, orientation));
      const { job, document } = await work(message);
      expect(job).toMatchObject({ status: 'OCR_DONE', attempt: 1 });
      expectTexts(document, orientation);
      expect(document?.engine).toMatchObject({ name: 'apple-vision', level: 'accurate', languages: ['en-US'] });
      const [result] = await store.queue('ocr-results-queue').receive({
        max: 10,
        waitMs: 0,
        visibilityMs: 1_000,
      });
      expect(JSON.parse(result?.body ?? '{}')).toEqual({ image_id: message.image_id, job_id: message.job_id });
      expect(await store.queue('ocr-queue').depth()).toMatchObject({ ready: 0, inFlight: 0, dead: 0 });
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'SIGKILL of the process that runs Vision, in the middle of an image, costs a fresh process and not the image',
    async () => {
      await engine.prewarm();
      const [vision, ...others] = childProcesses();
      // Never 0, which is the process group of everything that runs here.
      if (vision === undefined) throw new Error('no process runs Vision');
      expect(others).toEqual([]);
      const message = await submit(await fakePhotograph(TEXTS, 6, { delayMs: 1_000 }));
      const { job, document } = await work(message, async () => {
        const jobs = new Jobs(store.records, systemClock);
        while ((await jobs.get(message.image_id, message.job_id))?.status !== 'RUNNING') await sleep(5);
        await sleep(300);
        process.kill(vision, 'SIGKILL');
      });
      expect(job).toMatchObject({ status: 'OCR_DONE', attempt: 1 });
      expect(document?.engine.level).toBe('accurate');
      expectTexts(document, 6);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'an image that crashes Vision costs itself: the next one is read',
    async () => {
      const bad = await submit(await fakePhotograph(TEXTS, 1, { crash: true }));
      const good = await submit(await fakePhotograph(TEXTS, 3));
      const { job, document } = await work(good);
      expect(job).toMatchObject({ status: 'OCR_DONE', attempt: 1 });
      expectTexts(document, 3);
      const failed = await new Jobs(store.records, systemClock).get(bad.image_id, bad.job_id);
      expect(failed?.status).not.toBe('OCR_DONE');
    },
    TEST_TIMEOUT_MS,
  );
});
