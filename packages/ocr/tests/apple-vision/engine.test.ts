import { isSlipstreamError, ocrDocumentSchema, type Point, type Quad } from '@slipstream/shared';
import { MacVisionError, type MacVisionErrorCode } from 'node-mac-vision';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { AppleVisionEngine } from '../../src/engines/apple-vision/index.ts';
import { project, rectangleToQuad } from '../../src/engines/apple-vision/perspective.ts';
import { mapQuad } from '../../src/layout/page.ts';
import { type Bar, farthest, PaintedVision, paint, rectangle } from './painted.ts';

const OPTIONS = { languages: ['en-US'], customWords: ['Slipway'], concurrency: 1, version: 'macOS 15, revision 3' };
const NEVER = new AbortController().signal;

function rows(count: number, height: number): Bar[] {
  return Array.from({ length: count }, (_, i) => ({
    text: `row number ${i}`,
    quad: rectangle(0.1, (i + 0.3) / count, 0.8, height),
  }));
}

async function read(vision: PaintedVision, bars: readonly Bar[], size: { width: number; height: number }) {
  return new AppleVisionEngine(vision, OPTIONS).recognise(await paint(size, bars), NEVER);
}

describe('Apple Vision as an engine', () => {
  it('gives a document of its schema, and Vision the words and languages', async () => {
    const bars = rows(5, 0.05);
    const vision = new PaintedVision(bars.map(({ text }) => text));
    const document = await read(vision, bars, { width: 400, height: 500 });
    expect(ocrDocumentSchema.parse(document)).toEqual(document);
    expect(document.engine).toEqual({
      name: 'apple-vision',
      version: OPTIONS.version,
      level: 'accurate',
      languages: ['en-US'],
    });
    expect(document.lines.map(({ text }) => text)).toEqual(bars.map(({ text }) => text));
    expect(vision.seen).toHaveLength(1);
    expect(vision.seen[0]?.options).toMatchObject({
      customWords: ['Slipway'],
      languages: ['en-US'],
      detectDocument: true,
    });
  });

  it('small type on a long receipt is found in its tiles, and nothing twice', async () => {
    // 15 px of 3,000: lower than the 0.008 of the height that Vision sees on the whole.
    const bars = rows(15, 0.005);
    const vision = new PaintedVision(bars.map(({ text }) => text));
    const size = { width: 400, height: 3000 };
    const whole = await vision.recognizeText((await paint(size, bars)).bytes);
    expect(whole.lines).toEqual([]);
    const document = await read(vision, bars, size);
    expect(document.lines.map(({ text }) => text)).toEqual(bars.map(({ text }) => text));
    for (const [i, { quad }] of document.lines.entries())
      expect(farthest(quad, bars[i]?.quad ?? quad)).toBeLessThan(0.003);
  });

  it('a line that lies across the edge of a tile is read whole, wherever it lies', async () => {
    const size = { width: 120, height: 480 };
    for (let top = 0; top < 0.95; top += 0.0317) {
      const bars = [{ text: 'across the edge', quad: rectangle(0.1, top, 0.8, 0.04) }];
      const document = await read(new PaintedVision(['across the edge']), bars, size);
      expect(document.lines.map(({ text }) => text)).toEqual(['across the edge']);
    }
  });

  describe('a small sheet, seen at an angle', () => {
    const SIZE = { width: 1600, height: 1600 };
    const SHEET: Quad = [
      [0.31, 0.3],
      [0.55, 0.34],
      [0.52, 0.76],
      [0.26, 0.7],
    ];
    const onSheet = rectangleToQuad({ width: 1, height: 1 }, SHEET);
    const flat = rows(12, 0.014);
    const bars: Bar[] = flat.map(({ text, quad }) => ({
      text,
      quad: mapQuad(quad, (point: Point) => project(onSheet, point)),
    }));
    const texts = bars.map(({ text }) => text);

    it('is laid flat and read again; quads come back onto the original', async () => {
      const vision = new PaintedVision(texts, SHEET);
      const document = await read(vision, bars, SIZE);
      expect(document.lines.map(({ text }) => text)).toEqual(texts);
      const worst = Math.max(...document.lines.map(({ quad }, i) => farthest(quad, bars[i]?.quad ?? quad)));
      // Two pixels of the original; the first reading's upright boxes are off by the tilt, fifty pixels and more.
      expect(worst).toBeLessThan(2 / SIZE.width);
      expect(vision.seen.length).toBeGreaterThan(1);
    });

    it('keeps what was read beside it', async () => {
      const beside = { text: 'beside the paper', quad: rectangle(0.7, 0.1, 0.25, 0.03) };
      const document = await read(new PaintedVision([...texts, beside.text], SHEET), [...bars, beside], SIZE);
      expect(new Set(document.lines.map(({ text }) => text))).toEqual(new Set([...texts, beside.text]));
    });

    it('of a HEIC, which only macOS decodes, its surroundings are read again', async () => {
      const vision = new PaintedVision(texts, SHEET);
      const image = await paint(SIZE, bars);
      await new AppleVisionEngine(vision, OPTIONS).recognise({ ...image, type: 'heic' }, NEVER);
      const region = vision.seen.at(-1)?.options.regionOfInterest;
      expect(region?.x).toBeLessThan(0.26);
      expect((region?.x ?? 0) + (region?.width ?? 0)).toBeGreaterThan(0.55);
    });

    it('a second look that fails leaves the first reading', async () => {
      class OnceOnly extends PaintedVision {
        override async recognizeText(...args: Parameters<PaintedVision['recognizeText']>) {
          if (this.seen.length > 0) throw new MacVisionError('vision_failed', 'broken');
          return super.recognizeText(...args);
        }
      }
      const big = rows(5, 0.05).map(({ text, quad }) => ({
        text,
        quad: mapQuad(quad, (point) => project(onSheet, point)),
      }));
      const document = await read(
        new OnceOnly(
          big.map(({ text }) => text),
          SHEET,
        ),
        big,
        SIZE,
      );
      expect(document.lines.map(({ text }) => text)).toEqual(big.map(({ text }) => text));
    });
  });

  it('an upright sheet that fills the image is read once', async () => {
    const bars = rows(5, 0.05);
    const vision = new PaintedVision(
      bars.map(({ text }) => text),
      rectangle(0.05, 0.02, 0.9, 0.95),
    );
    await read(vision, bars, { width: 400, height: 500 });
    expect(vision.seen).toHaveLength(1);
  });

  it('a photograph that is stored on its side is straightened upright', async () => {
    const sheet = rectangle(0.3, 0.3, 0.35, 0.4);
    const bars = [0, 1, 2, 3, 4].map((i) => ({
      text: `turned ${i}`,
      quad: rectangle(0.33, 0.33 + i * 0.07, 0.28, 0.03),
    }));
    const upright = await paint({ width: 900, height: 1200 }, bars);
    const bytes = await sharp(upright.bytes).rotate(-90).withMetadata({ orientation: 6 }).png().toBuffer();
    const vision = new PaintedVision(
      bars.map(({ text }) => text),
      sheet,
    );
    const document = await new AppleVisionEngine(vision, OPTIONS).recognise(
      { ...upright, bytes, orientation: 6 },
      NEVER,
    );
    expect(vision.seen.length).toBeGreaterThan(1);
    for (const [i, { quad }] of document.lines.entries())
      expect(farthest(quad, bars[i]?.quad ?? quad)).toBeLessThan(0.003);
  });

  it.each<[MacVisionErrorCode, string, string]>([
    ['not_an_image', 'IMAGE_UNREADABLE', 'never'],
    ['image_too_large', 'IMAGE_PIXELS_EXCEEDED', 'never'],
    ['vision_failed', 'ENGINE_FAILED', 'later'],
    ['crashed', 'ENGINE_FAILED', 'later'],
    ['timeout', 'ENGINE_FAILED', 'later'],
    ['unavailable', 'ENGINE_UNAVAILABLE', 'later'],
    ['unsupported_language', 'CONFIGURATION_INVALID', 'never'],
  ])('%s becomes %s, to be tried again: %s', async (code, expected, retry) => {
    const vision = new PaintedVision([]);
    vision.recognizeText = () => Promise.reject(new MacVisionError(code, 'said Vision'));
    const error = await read(vision, [], { width: 10, height: 10 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: expected, retry, message: 'Apple Vision: said Vision' });
  });

  it('work that is called off ends ABORTED', async () => {
    const stop = new AbortController();
    const vision = new PaintedVision([]);
    vision.recognizeText = async () => {
      stop.abort();
      throw stop.signal.reason;
    };
    const engine = new AppleVisionEngine(vision, OPTIONS);
    const error = await engine
      .recognise(await paint({ width: 10, height: 10 }, []), stop.signal)
      .catch((e: unknown) => e);
    expect(isSlipstreamError(error, 'ABORTED')).toBe(true);
  });
});
