import { readdir } from 'node:fs/promises';
import { type OcrDocument, ocrDocumentSchema } from '@slipstream/shared';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TesseractEngine } from '../../src/engines/tesseract/index.ts';
import { blankPage, engineImage, NEVER, sampleBytes } from './sample-images.ts';

/** A receipt takes about a second, several times that on a busy machine. */
const READ_MS_MAX = 60_000;

describe('Tesseract', { timeout: READ_MS_MAX }, () => {
  const engine = new TesseractEngine({ concurrency: 2 });
  let filesBefore: string[];

  beforeAll(async () => {
    filesBefore = await readdir('.');
    await engine.prewarm();
  }, READ_MS_MAX);

  afterAll(() => engine.close());

  const read = (bytes: Uint8Array) => engine.recognise(engineImage(bytes), NEVER);

  it('reads a receipt: large and small lines, in reading order, descriptions beside their amounts', async () => {
    const bytes = await sampleBytes('us-diner');
    const document = ocrDocumentSchema.parse(await read(bytes));
    const lines = document.lines.map(({ text }) => text);
    const expected = ['BLUE LANTERN', '1420 Harbor Street', '1 Side Bacon 4.75', 'Subtotal 53.25', 'TOTAL 67.64'];
    expect(lines.filter((line) => expected.includes(line))).toEqual(expected);
    expect(document.image).toEqual({ width: 764, height: 983, orientation: 1, sha256: engineImage(bytes).sha256 });
    expect(document.engine).toMatchObject({ name: 'tesseract', languages: ['eng'] });
  });

  it('places a word where it stands, whichever way the photograph was turned', async () => {
    // The lower half: text enough to tell which side is up.
    const half = sharp(await sampleBytes('us-diner')).extract({ left: 0, top: 430, width: 764, height: 553 });
    const upright = await half.jpeg({ quality: 90 }).toBuffer();
    const stored = await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer();
    const onItsSide = await sharp(upright).rotate(90).jpeg({ quality: 90 }).toBuffer();
    const upsideDown = await sharp(upright).rotate(180).jpeg({ quality: 90 }).toBuffer();
    const documents = await Promise.all([upright, stored, onItsSide, upsideDown].map(read));
    const [first, ...turned] = documents.map((document) => topLeft(document, 'Subtotal'));
    const [x, y] = first ?? [0, 0];
    // Nothing in the last two files says that they are turned: the word's first corner is where its first letter is.
    expect(turned).toEqual([
      [near(x), near(y)],
      [near(1 - y), near(x)],
      [near(1 - x), near(1 - y)],
    ]);
  });

  it('reads a crumpled receipt that lies askew, and its quads are askew with it', async () => {
    const document = await read(await sampleBytes('uk-pub-crumpled'));
    expect(document.image).toMatchObject({ width: 793, height: 987, orientation: 6 });
    expect(document.lines.map(({ text }) => text)).toContain('TOTAL £65.84');
    const [[x0, y0], [x1, y1]] = quadOf(document, 'Subtotal');
    const tilt_deg = (Math.atan2((y1 - y0) * document.image.height, (x1 - x0) * document.image.width) * 180) / Math.PI;
    // Drawn at 6.5 degrees; the perspective adds a little.
    expect(tilt_deg).toBeGreaterThan(5.5);
    expect(tilt_deg).toBeLessThan(8);
  });

  it('reads a transparent PNG as on white paper, and a page twice as large alike', async () => {
    const bytes = await sampleBytes('malaysian-hardware');
    const { width } = engineImage(bytes);
    const png = await sharp(bytes).ensureAlpha(0.999).png().toBuffer();
    const large = await sharp(bytes)
      .resize({ width: width * 2 })
      .jpeg({ quality: 90 })
      .toBuffer();
    for (const variant of [png, large]) {
      expect((await read(variant)).lines.map(({ text }) => text)).toContain('TOTAL RM 56.15');
    }
  });

  it('finds no text on a blank page', async () => {
    expect((await read(await blankPage())).lines).toEqual([]);
  });

  it('refuses what is cut off or damaged in the middle, rather than reading half of it', async () => {
    const whole = await sampleBytes('us-diner');
    const damaged = Buffer.from(whole);
    for (let index = 0; index < 2_000; index += 1) damaged[Math.floor(whole.length / 2) + index] = (index * 73) & 0xff;
    const png = await sharp(whole).png().toBuffer();
    for (const bytes of [whole.subarray(0, whole.length * 0.6), damaged, png.subarray(0, png.length * 0.6)]) {
      await expect(read(bytes)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE', retry: 'never' });
    }
  });

  it('says who can read HEIC', async () => {
    const image = { ...engineImage(await blankPage()), type: 'heic' } as const;
    await expect(engine.recognise(image, NEVER)).rejects.toMatchObject({
      code: 'ENGINE_CANNOT_READ_TYPE',
      message: expect.stringMatching(/Apple Vision.*JPEG/),
    });
  });

  it('writes no file beside itself', async () => {
    expect(await readdir('.')).toEqual(filesBefore);
  });
});

/** closeTo's second argument counts decimals: 0.005, five pixels of a thousand, is a third of a letter. */
function near(value: number) {
  return expect.closeTo(value, 2);
}

function topLeft(document: OcrDocument, text: string) {
  return quadOf(document, text)[0];
}

function quadOf(document: OcrDocument, text: string) {
  const word = document.lines.flatMap(({ words }) => words).find((candidate) => candidate.text === text);
  if (word === undefined)
    throw new Error(`"${text}" was not read in: ${document.lines.map((line) => line.text).join(' | ')}`);
  return word.quad;
}
