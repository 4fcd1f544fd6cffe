import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { type OcrDocument, type OcrLine, SlipstreamError } from '@slipstream/shared';
import { decodeUpright } from '../../pictures/decode-upright.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';
import { type GreyImage, greyOf } from './grey-image.ts';
import { readLanguages } from './language-data.ts';
import { measureInk } from './measure-ink.ts';
import { pageConfidence, pageLines } from './page-lines.ts';
import { type PagePlacement, placements, placePage, quadOnImage } from './page-placement.ts';
import { readPage } from './read-page.ts';
import { TesseractWorker } from './tesseract-worker.ts';
import { textDirections } from './text-geometry.ts';
import { WorkerPool } from './worker-pool.ts';

export interface TesseractOptions {
  /** Tesseract's codes; each needs its npm package `@tesseract.js-data/<code>`. */
  readonly languages?: readonly string[];
  /** Images read at once; as many as the machine has cores where none is given. */
  readonly concurrency?: number;
  /** For one image, in its worker; waiting for one does not count. */
  readonly timeout_ms?: number;
}

const LANGUAGES_DEFAULT = ['eng'];
const TIMEOUT_MS_DEFAULT = 120_000;
/** Receipts are read with 0.7 to 0.95, upside down with 0.4 to 0.65; below, the other ways up are tried too. */
const UPRIGHT_CONFIDENCE_MIN = 0.7;

const { version } = createRequire(import.meta.url)('tesseract.js/package.json');

interface Reading {
  readonly confidence: number;
  readonly lines: OcrLine[];
}

/** Tesseract in worker threads: reads anywhere what sharp decodes, for the price of a second a receipt. */
export class TesseractEngine implements OcrEngine {
  readonly name = 'tesseract';
  readonly version: string = version;
  readonly concurrency: number;
  readonly #languages: readonly string[];
  readonly #timeout_ms: number;
  readonly #pool: WorkerPool;

  constructor(options: TesseractOptions = {}) {
    this.concurrency = options.concurrency ?? availableParallelism();
    this.#languages = options.languages ?? LANGUAGES_DEFAULT;
    this.#timeout_ms = options.timeout_ms ?? TIMEOUT_MS_DEFAULT;
    this.#pool = new WorkerPool(this.concurrency, async () =>
      TesseractWorker.start(await readLanguages(this.#languages)),
    );
  }

  prewarm(): Promise<void> {
    return this.#pool.prewarm();
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    const grey = await decodeImage(image);
    const lines = await this.#readUpright(grey, signal);
    const { width, height, orientation, sha256 } = image;
    return {
      schema_version: 1,
      image: { width, height, orientation, sha256 },
      engine: { name: this.name, version: this.version, level: 'lstm', languages: [...this.#languages] },
      lines,
      regions: [],
    };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** The letters tell how the lines run; which side is up shows only when they are read. */
  async #readUpright(image: GreyImage, signal: AbortSignal): Promise<OcrLine[]> {
    const [likeliest, ...others] = placements(image, textDirections(await measureInk(image)));
    let best = await this.#readPlaced(image, likeliest, signal);
    for (const placement of others) {
      if (best.confidence >= UPRIGHT_CONFIDENCE_MIN) break;
      const next = await this.#readPlaced(image, placement, signal);
      if (next.confidence > best.confidence) best = next;
    }
    return best.lines;
  }

  async #readPlaced(image: GreyImage, placement: PagePlacement, signal: AbortSignal): Promise<Reading> {
    const page = await placePage(image, placement);
    const lines = await this.#pool.run((worker) => this.#inTime(worker, () => readPage(worker, page)), signal);
    return {
      confidence: pageConfidence(lines),
      lines: pageLines(lines, (box) => quadOnImage(box, page, image, placement)),
    };
  }

  /** ENGINE_FAILED when one image takes too long; its worker is ended, since nothing else stops it. */
  async #inTime<T>(worker: TesseractWorker, read: () => Promise<T>): Promise<T> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      void worker.close();
    }, this.#timeout_ms);
    try {
      return await read();
    } catch (cause) {
      if (!isLate) throw cause;
      const seconds = this.#timeout_ms / 1_000;
      throw new SlipstreamError('ENGINE_FAILED', `Tesseract read one image for more than ${seconds} s.`, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Upright and grey. ENGINE_CANNOT_READ_TYPE, or IMAGE_UNREADABLE. */
function decodeImage(image: EngineImage): Promise<GreyImage> {
  return decodeUpright(image, 'Tesseract', (upright) => greyOf(upright.greyscale()));
}
