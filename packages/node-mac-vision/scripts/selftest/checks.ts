import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMacVision, type MacVisionError, type Quad } from '../../src/index.ts';
import { IsolatedVision } from '../../src/isolated/isolated-vision.ts';
import { check, checkCorners, checkPlaces, checkTexts } from './check.ts';
import { drawOriented, drawPaperOnTable, drawSheet, LINES } from './draw.ts';

export interface Check {
  name: string;
  run(): Promise<void>;
}

const MIB = 1024 * 1024;
const IMAGES = 200;
const WARM_UP_IMAGES = 40;
const GROWTH_MAX_MIB = 60;
const CORNER_TOLERANCE = 0.03;
const PAPER: Quad = [
  [0.28, 0.22],
  [0.78, 0.25],
  [0.76, 0.77],
  [0.25, 0.74],
];

const vision = createMacVision();

async function rejection(promise: Promise<unknown>): Promise<MacVisionError | DOMException> {
  return promise.then(
    () => {
      throw new Error('it should have been refused');
    },
    (error) => error,
  );
}

export const checks: Check[] = [
  {
    name: 'accurate: text, places, words in order',
    async run() {
      const recognition = await vision.recognizeText(await drawSheet());
      checkTexts(recognition);
      checkPlaces(recognition);
      const words = recognition.lines.flatMap((line) => line.words);
      check(
        words.every(({ estimated }) => !estimated),
        'Vision gives a box for every word',
      );
    },
  },
  {
    name: 'fast: text, places, characters with boxes of their own',
    async run() {
      const recognition = await vision.recognizeText(await drawSheet(), { level: 'fast' });
      checkPlaces(recognition);
      const [first, second] = recognition.lines[0]?.characters ?? [];
      check(first !== undefined && second !== undefined, 'there are characters');
      check(first.quad[0][0] < second.quad[0][0], 'each character has its own box');
    },
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({
    name: `EXIF orientation ${orientation}: the same text at the same places`,
    async run() {
      const recognition = await vision.recognizeText(await drawOriented(orientation));
      check(recognition.orientation === orientation, `the orientation read is ${recognition.orientation}`);
      checkTexts(recognition);
      checkPlaces(recognition);
    },
  })),
  {
    name: 'a region: only its text, at its place in the whole image',
    async run() {
      const lower = LINES.filter(({ y }) => y > 600);
      const regionOfInterest = { x: 0.05, y: 0.5, width: 0.9, height: 0.45 };
      const recognition = await vision.recognizeText(await drawSheet(), { regionOfInterest });
      check(!recognition.lines.some(({ text }) => text.includes('CORNER')), 'text outside the region was read');
      checkPlaces(recognition, lower);
    },
  },
  {
    name: 'the corners of a sheet of paper',
    async run() {
      const image = await drawPaperOnTable(PAPER);
      const { document } = await vision.recognizeText(image, { detectDocument: true });
      checkCorners(document, PAPER, CORNER_TOLERANCE);
    },
  },
  {
    name: 'HEIC, as macOS itself writes it',
    async run() {
      const folder = mkdtempSync(join(tmpdir(), 'selftest-'));
      try {
        const png = join(folder, 'sheet.png');
        const heic = join(folder, 'sheet.heic');
        writeFileSync(png, await drawSheet());
        const made = spawnSync('sips', ['-s', 'format', 'heic', png, '--out', heic], { encoding: 'utf8' });
        check(made.status === 0, `sips could not write HEIC: ${made.stderr}`);
        const recognition = await vision.recognizeText(heic);
        checkTexts(recognition);
        checkPlaces(recognition);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
  {
    name: 'languages of both levels, and one that is not known is refused',
    async run() {
      check((await vision.supportedLanguages()).includes('en-US'), 'accurate reads en-US');
      check((await vision.supportedLanguages('fast')).includes('en-US'), 'fast reads en-US');
      const error = await rejection(vision.recognizeText(await drawSheet(), { languages: ['xx-XX'] }));
      check('code' in error && error.code === 'unsupported_language', `refused with ${error.message}`);
    },
  },
  {
    name: 'bytes that are no image',
    async run() {
      const error = await rejection(vision.recognizeText(Buffer.from('not an image at all')));
      check('code' in error && error.code === 'not_an_image', `refused with ${error.message}`);
    },
  },
  {
    name: 'cancelling at twenty moments, and reading on afterwards',
    async run() {
      const image = await drawSheet();
      for (let after_ms = 0; after_ms < 200; after_ms += 10) {
        const signal = AbortSignal.timeout(after_ms);
        await vision.recognizeText(image, { signal }).catch((error) => {
          check(error === signal.reason, `cancelled after ${after_ms} ms it failed with ${error}`);
        });
      }
      checkTexts(await vision.recognizeText(image));
    },
  },
  {
    name: 'a process that is killed costs its image, not the next',
    async run() {
      const isolated = new IsolatedVision();
      const image = await drawSheet();
      await isolated.prewarm();
      const job = isolated.recognizeText(image);
      const { pid } = isolated;
      check(pid !== undefined, 'there is a process');
      process.kill(pid, 'SIGKILL');
      const error = await rejection(job);
      check('code' in error && error.code === 'crashed', `it failed with ${error.message}`);
      checkTexts(await isolated.recognizeText(image));
      await isolated.close();
    },
  },
  {
    name: `${IMAGES} images with flat memory`,
    async run() {
      const image = await drawOriented(6);
      let before = 0;
      for (let i = 0; i < IMAGES; i++) {
        if (i === WARM_UP_IMAGES) before = process.memoryUsage.rss();
        await vision.recognizeText(image);
      }
      const growth = (process.memoryUsage.rss() - before) / MIB;
      check(growth < GROWTH_MAX_MIB, `resident memory grew by ${growth.toFixed(0)} MiB`);
    },
  },
];
