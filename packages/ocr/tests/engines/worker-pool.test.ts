import { afterEach, describe, expect, it } from 'vitest';
import { toPgm } from '../../src/engines/tesseract/grey-image.ts';
import { TesseractEngine } from '../../src/engines/tesseract/index.ts';
import { readLanguages } from '../../src/engines/tesseract/language-data.ts';
import { PAGE_SEGMENTATION, TesseractWorker } from '../../src/engines/tesseract/tesseract-worker.ts';
import { WorkerPool } from '../../src/engines/tesseract/worker-pool.ts';
import { engineImage, NEVER, sampleBytes } from './sample-images.ts';

const READ_MS_MAX = 60_000;
const BLANK = { pixels: new Uint8Array(200 * 100).fill(255), width: 200, height: 100 };

describe('a pool of workers', { timeout: READ_MS_MAX }, () => {
  const pools: WorkerPool[] = [];
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

  async function poolOf(size: number): Promise<{ pool: WorkerPool; started: TesseractWorker[] }> {
    const languages = await readLanguages(['eng']);
    const started: TesseractWorker[] = [];
    const pool = new WorkerPool(size, async () => {
      const worker = await TesseractWorker.start(languages);
      started.push(worker);
      return worker;
    });
    pools.push(pool);
    return { pool, started };
  }

  const readBlank = (worker: TesseractWorker) => worker.read(toPgm(BLANK), PAGE_SEGMENTATION.block);

  it('keeps a worker warm for the next job', async () => {
    const { pool, started } = await poolOf(1);
    await pool.run(readBlank, NEVER);
    await pool.run(readBlank, NEVER);
    expect(started).toHaveLength(1);
  });

  it('lends each worker to one job at a time, in the order in which they came', async () => {
    const { pool } = await poolOf(2);
    await pool.prewarm();
    const log: string[] = [];
    let running = 0;
    const job = (name: string) =>
      pool.run(async (worker) => {
        running += 1;
        expect(running).toBeLessThanOrEqual(2);
        log.push(name);
        await readBlank(worker);
        running -= 1;
      }, NEVER);
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(job));
    expect(log).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('ends a job in the middle of its page, and the next one gets a new worker', async () => {
    const { pool, started } = await poolOf(1);
    const abort = new AbortController();
    const reading = pool.run((worker) => {
      const noise = { ...BLANK, width: 2_000, height: 2_000, pixels: noisePixels(4_000_000) };
      const read = worker.read(toPgm(noise), PAGE_SEGMENTATION.block);
      abort.abort();
      return read;
    }, abort.signal);
    await expect(reading).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(pool.run(readBlank, NEVER)).resolves.toMatchObject({ blocks: expect.anything() });
    expect(started).toHaveLength(2);
  });

  it('lets a job that is still waiting go without disturbing the others', async () => {
    const { pool, started } = await poolOf(1);
    const abort = new AbortController();
    const [first, second, third] = [
      pool.run(readBlank, NEVER),
      pool.run(readBlank, abort.signal),
      pool.run(readBlank, NEVER),
    ];
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'ABORTED' });
    await Promise.all([first, third]);
    expect(started).toHaveLength(1);
  });

  it('replaces a worker after a page that Tesseract cannot read', async () => {
    const { pool, started } = await poolOf(1);
    const job = (worker: TesseractWorker) => worker.read(new Uint8Array([1, 2, 3]), PAGE_SEGMENTATION.block);
    await expect(pool.run(job, NEVER)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
    await pool.run(readBlank, NEVER);
    expect(started).toHaveLength(2);
  });

  it('replaces a worker that ended while nobody used it', async () => {
    const { pool, started } = await poolOf(1);
    await pool.prewarm();
    await started[0]?.close();
    await pool.run(readBlank, NEVER);
    expect(started).toHaveLength(2);
  });

  it('ends what is running when it is closed', async () => {
    const { pool } = await poolOf(1);
    await pool.prewarm();
    const noise = { width: 2_000, height: 2_000, pixels: noisePixels(4_000_000) };
    const running = pool.run((worker) => worker.read(toPgm(noise), PAGE_SEGMENTATION.block), NEVER);
    const waiting = pool.run(readBlank, NEVER);
    const outcomes = Promise.allSettled([running, waiting]);
    await pool.close();
    const aborted = { status: 'rejected', reason: { code: 'ABORTED' } };
    expect(await outcomes).toMatchObject([aborted, aborted]);
  });
});

describe('a time-out', { timeout: READ_MS_MAX }, () => {
  it('fails the image, and the engine goes on with the next', async () => {
    const engine = new TesseractEngine({ concurrency: 1, timeout_ms: 1 });
    const image = engineImage(await sampleBytes('us-diner'));
    await expect(engine.recognise(image, NEVER)).rejects.toMatchObject({ code: 'ENGINE_FAILED', retry: 'later' });
    await expect(engine.recognise(image, NEVER)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
    await engine.close();
  });
});

describe('a language', () => {
  it('whose data are not installed is named, with the command that installs them', async () => {
    const engine = new TesseractEngine({ concurrency: 1, languages: ['eng', 'xyz'] });
    await expect(engine.prewarm()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('npm install @tesseract.js-data/xyz'),
    });
    await engine.close();
  });

  it.each(['../eng', 'eng/..', ''])('%j is no code', async (code) => {
    await expect(readLanguages([code])).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});

function noisePixels(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  });
}
