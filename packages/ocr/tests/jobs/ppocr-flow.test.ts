import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Jobs } from '@slipstream/records';
import { checkImage, createLogger, sha256Hex } from '@slipstream/runtime';
import {
  DEFAULT_OWNER,
  imageIdOf,
  type OcrJobMessage,
  type OcrResultMessage,
  rawKey,
  systemClock,
  viewKey,
} from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.ts';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { ReadingProcess } from '../../src/children/reading-process.ts';
import { DocumentReader } from '../../src/engines/document-reader.ts';
import type { OcrEngine } from '../../src/engines/engine.ts';
import { PpocrEngine } from '../../src/engines/ppocr/index.ts';
import { sampleBytes } from '../engines/sample-images.ts';

const TEST_TIMEOUT_MS = 120_000;
const TEST_CHILD = new URL('../children/test-child.ts', import.meta.url);

describe('the agent with PP-OCR', { timeout: TEST_TIMEOUT_MS }, () => {
  let folder: string;
  let store: EmbeddedStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ppocr-flow-'));
    store = await openEmbeddedStore({ dataDir: folder });
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function submit(bytes: Buffer): Promise<OcrJobMessage> {
    const sha256 = sha256Hex(bytes);
    const image = { image_id: imageIdOf(sha256), s3_bucket: store.raw.bucket, s3_key: rawKey(imageIdOf(sha256)) };
    await store.raw.put(image.s3_key, bytes);
    const { job } = await new Jobs(store.records, systemClock).create(
      { ...image, owner_id: DEFAULT_OWNER, size: bytes.length, sha256 },
      'flow',
    );
    const message = { ...image, job_id: job.job_id };
    await store.queue<OcrJobMessage>('ocr-queue').send(message);
    return message;
  }

  function agentWith(engine: OcrEngine) {
    return createAgent({
      queue: store.queue<OcrJobMessage>('ocr-queue'),
      results: store.queue<OcrResultMessage>('ocr-results-queue'),
      jobs: new Jobs(store.records, systemClock),
      raw: store.raw,
      artifacts: store.artifacts,
      engine,
      clock: systemClock,
      logger: createLogger({ name: 'test', level: 'silent' }),
      checkImage,
      random: () => 0,
    });
  }

  it.each(['crash', 'hang'])(
    'a picture that makes its process %s costs one retry; the agent and the next picture do not notice',
    async (what) => {
      const jobs = new Jobs(store.records, systemClock);
      const job = (message: OcrJobMessage) => jobs.get(message.image_id, message.job_id);
      const pool = new ReadingPool({ size: 1, timeoutMs: 10_000 }, () => new ReadingProcess(TEST_CHILD));
      const agent = agentWith(new PpocrEngine(pool, { languages: [], script: 'latin' }));
      const picture = (colour: string) =>
        sharp({ create: { width: 64, height: 64, channels: 3, background: colour } })
          .jpeg()
          .toBuffer();
      // The stand-in for the process does it once, as long as the file is not there.
      const order = Buffer.from(`${what}-once:${join(folder, what)}`);
      const bad = await submit(Buffer.concat([await picture('#a00'), order]));
      const running = agent.run();
      while ((await job(bad))?.attempts !== 1) await sleep(5);
      const next = await submit(Buffer.concat([await picture('#0a0'), Buffer.from(what)]));
      while ((await job(bad))?.status !== 'OCR_DONE' || (await job(next))?.status !== 'OCR_DONE') await sleep(20);
      await agent.stop();
      await running;
      await pool.close();
      expect(await job(bad)).toMatchObject({ attempt: 2 });
      expect(await job(next)).toMatchObject({ attempt: 1 });
      expect(agent.status().counts).toMatchObject({ done: 2, retried: 1 });
    },
  );

  it('SIGKILL of the process that reads an image costs that image one more attempt, the next one nothing', async () => {
    const jobs = new Jobs(store.records, systemClock);
    const pool = new ReadingPool({ size: 1, timeoutMs: TEST_TIMEOUT_MS });
    const engine = new DocumentReader(new PpocrEngine(pool, { languages: [], script: 'latin' }), pool);
    const agent = agentWith(engine);
    const killed = await submit(await sampleBytes('us-diner'));
    await engine.prewarm();
    const [victim] = pool.pids;
    // Never 0, which is the process group of everything that runs here.
    if (victim === undefined) throw new Error('no process reads images');
    const running = agent.run();
    const job = (message: OcrJobMessage) => jobs.get(message.image_id, message.job_id);
    while ((await job(killed))?.status !== 'RUNNING') await sleep(2);
    process.kill(victim, 'SIGKILL');
    const next = await submit(await sampleBytes('swiss-bakery'));
    while ((await job(killed))?.status !== 'OCR_DONE' || (await job(next))?.status !== 'OCR_DONE') await sleep(20);
    await agent.stop();
    await running;
    await engine.close();
    expect(await job(killed)).toMatchObject({ attempt: 2 });
    expect(await job(next)).toMatchObject({ attempt: 1 });
    expect(agent.status().counts).toMatchObject({ done: 2, retried: 1 });
    for (const size of ['full', 'thumb'] as const)
      expect(await store.artifacts.head(viewKey(killed.image_id, 0, size))).not.toBeNull();
    expect(await store.queue('ocr-queue').depth()).toMatchObject({ ready: 0, inFlight: 0, dead: 0 });
  });
});
