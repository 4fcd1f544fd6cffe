import { type OcrDocument, type OcrWord, ocrDocumentSchema } from '@slipstream/shared';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { openPpocr, PpocrEngine } from '../../src/engines/ppocr/index.ts';
import { openRuntime } from '../../src/networks/runtime.ts';
import { blankPage, engineImage, NEVER, sampleBytes } from './sample-images.ts';

const READ_MS_MAX = 120_000;

const wordsOf = ({ lines }: OcrDocument): OcrWord[] => lines.flatMap(({ words }) => words);
function word(document: OcrDocument, text: string): OcrWord {
  const found = wordsOf(document).find((candidate) => candidate.text === text);
  if (found === undefined) throw new Error(`${text} was not read: ${document.lines.map((line) => line.text)}`);
  return found;
}

describe('PP-OCR', { timeout: READ_MS_MAX }, () => {
  let engine: PpocrEngine;
  let pool: ReadingPool;
  beforeAll(() => {
    pool = new ReadingPool({ size: 1, timeoutMs: READ_MS_MAX });
    engine = new PpocrEngine(pool, { languages: [], script: 'latin' });
  });
  afterAll(() => engine.close());

  it('reads a receipt in reading order, descriptions beside their amounts', async () => {
    const document = await engine.recognise(engineImage(await sampleBytes('us-diner')), NEVER);
    expect(ocrDocumentSchema.parse(document)).toEqual(document);
    expect(document.engine).toMatchObject({ name: 'ppocr', level: 'latin' });
    const texts = document.lines.map(({ text }) => text);
    expect(texts.slice(0, 3)).toEqual(['BLUE LANTERN', 'DINER', '1420 Harbor Street']);
    for (const line of document.lines) expect(line.confidence).toBeGreaterThan(0.5);
  });

  it.each([0, 90, 180, 270])('places a word where it stands on a page turned by %i degrees', async (degrees) => {
    const upright = await sampleBytes('us-diner');
    const bytes = await sharp(upright).rotate(degrees).jpeg().toBuffer();
    const [expected, read] = [
      word(await engine.recognise(engineImage(upright), NEVER), 'Harbor'),
      word(await engine.recognise(engineImage(bytes), NEVER), 'Harbor'),
    ];
    const turn = ([x, y]: readonly [number, number]): [number, number] =>
      degrees === 0 ? [x, y] : degrees === 90 ? [1 - y, x] : degrees === 180 ? [1 - x, 1 - y] : [y, 1 - x];
    for (const [corner, point] of expected.quad.entries()) {
      const [x, y] = turn(point);
      expect(Math.hypot((read.quad[corner]?.[0] ?? 9) - x, (read.quad[corner]?.[1] ?? 9) - y)).toBeLessThan(0.012);
    }
  });

  it('reads a crumpled receipt that lies askew, and its quads are askew with it', async () => {
    const tilted = await sharp(await sampleBytes('us-diner'))
      .rotate(8, { background: '#777' })
      .jpeg()
      .toBuffer();
    const { quad } = word(await engine.recognise(engineImage(tilted), NEVER), 'Harbor');
    expect(quad[1][1]).toBeGreaterThan(quad[0][1]);
  });

  it('finds nothing on a blank page, and says of a damaged file that it is', async () => {
    expect((await engine.recognise(engineImage(await blankPage()), NEVER)).lines).toEqual([]);
    const whole = await sampleBytes('us-diner');
    const damaged = engine.recognise(engineImage(whole.subarray(0, whole.length / 2)), NEVER);
    await expect(damaged).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
  });

  it('lives on after its process was killed in the middle of an image', async () => {
    const reading = engine.recognise(engineImage(await sampleBytes('us-diner')), NEVER);
    setTimeout(() => {
      for (const pid of pool.pids) process.kill(pid, 'SIGKILL');
    }, 50);
    await expect(reading).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
    const again = await engine.recognise(engineImage(await sampleBytes('us-diner')), NEVER);
    expect(again.lines.length).toBeGreaterThan(10);
  });

  it('refuses scripts that it cannot read, saying what does', async () => {
    const opened = openPpocr({ languages: ['rus'], concurrency: 1, timeoutMs: 1_000 });
    await expect(opened).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringMatching(/Cyrillic.*tesseract/),
    });
  });
});

describe('the runtime', () => {
  it('is the WebAssembly build where the native one is missing', async () => {
    const network = { run: async () => ({ values: new Float32Array(), dims: [] }) };
    const web = { name: 'web', load: async () => network };
    const native = () => Promise.reject(new Error('no library for this platform'));
    expect(await openRuntime({ native, webAssembly: async () => web })).toBe(web);
    const neither = openRuntime({ native, webAssembly: () => Promise.reject(new Error('no wasm')) });
    await expect(neither).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(/no library for this platform.*no wasm/),
    });
  });
});
