import { qualityHints } from '@slipstream/shared';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReadingPool } from '../../src/children/reading-pool.ts';
import { DocumentReader } from '../../src/engines/document-reader.ts';
import { NullEngine } from '../../src/engines/null-engine.ts';
import { openPpocr, PpocrEngine, partedByScript } from '../../src/engines/ppocr/index.ts';
import { OtherScriptEngine } from '../../src/engines/ppocr/other-script-engine.ts';
import { tesseractCode } from '../../src/engines/tesseract/index.ts';
import { engineImage, NEVER, sampleBytes } from './sample-images.ts';

const READ_MS_MAX = 120_000;
/** Scripts that the fonts of every system have. */
const RUSSIAN = [
  'ПРОДУКТЫ',
  'ул. Ленина, Москва',
  'Хлеб Бородинский',
  'Молоко топленое',
  'Сыр Российский',
  'ИТОГО 345.40',
  'Спасибо за покупку',
];
const ENGLISH = [
  'GROCERY',
  '12 High Street London',
  'Brown bread 1.50',
  'Fresh milk 2.20',
  'White cheese 4.90',
  'TOTAL 8.60',
  'Thank you, come again',
];

function drawn(rows: readonly string[], blur = 0.6): Promise<Buffer> {
  const texts = rows.map(
    (row, i) => `<text x="40" y="${80 + i * 60}" font-size="34" font-family="DejaVu Sans, sans-serif">${row}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="${100 + rows.length * 60}"><rect width="100%" height="100%" fill="#f4f2ec"/>${texts.join('')}</svg>`;
  return sharp(Buffer.from(svg)).blur(blur).jpeg({ quality: 88 }).toBuffer();
}

describe('text in a script that PP-OCR has no letters for', { timeout: READ_MS_MAX }, () => {
  let pool: ReadingPool;
  let ppocr: PpocrEngine;
  beforeAll(() => {
    pool = new ReadingPool({ size: 1, timeoutMs: READ_MS_MAX });
    ppocr = new PpocrEngine(pool, { languages: [], script: 'latin' });
  });
  afterAll(() => pool.close());

  it('is told of a photograph, and of one in Latin script it is not', async () => {
    const reader = new DocumentReader(ppocr, pool);
    const russian = await reader.recognise(engineImage(await drawn(RUSSIAN)), NEVER);
    expect(russian.engine.unread).toBeGreaterThan(0.6);
    expect(qualityHints(russian.quality)).toMatchObject([
      { code: 'TEXT_NOT_READ', message: expect.stringContaining('--languages') },
    ]);
    for (const image of [await drawn(ENGLISH), await sampleBytes('us-diner')]) {
      const english = await reader.recognise(engineImage(image), NEVER);
      expect(english.engine.unread).toBeLessThan(0.15);
      expect(qualityHints(english.quality)).toEqual([]);
    }
  });

  it('is read by the other engine where one is configured, and nothing else is', async () => {
    const other = new NullEngine();
    const engine = new OtherScriptEngine(ppocr, async () => other);
    expect((await engine.recognise(engineImage(await drawn(RUSSIAN)), NEVER)).engine.name).toBe('null');
    expect((await engine.recognise(engineImage(await drawn(ENGLISH)), NEVER)).engine.name).toBe('ppocr');
  });

  it('asks for its data at once where they are not installed', async () => {
    const options = { languages: ['eng', 'rus'], concurrency: 1, timeoutMs: 1_000 };
    await expect(openPpocr(options)).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('npm install @tesseract.js-data/rus'),
    });
    await expect(openPpocr({ ...options, languages: ['rus'] })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
  });
});

describe('languages', () => {
  it('are parted by whether their script is read', () => {
    expect(partedByScript(['eng', 'ru', 'ja', 'tha'])).toEqual({ read: ['eng', 'ja'], other: ['ru', 'tha'] });
    expect(partedByScript([])).toEqual({ read: [], other: [] });
  });

  it('are called by the codes of Tesseract', () => {
    expect(['ru', 'ru-RU', 'rus', 'en', 'chi_sim'].map(tesseractCode)).toEqual(['rus', 'rus', 'rus', 'eng', 'chi_sim']);
  });
});
