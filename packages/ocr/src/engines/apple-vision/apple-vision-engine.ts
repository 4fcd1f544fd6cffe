import { type OcrDocument, type OcrLine, type Quad, SlipstreamError } from '@slipstream/shared';
import type { MacVision, RecognizeOptions } from 'node-mac-vision';
import { arrangePage } from '../../layout/arrange-page.ts';
import { type Box, boxOf } from '../../layout/page.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';
import { type Reader, readPaper, readStraightened, toOcrLines } from './read-paper.ts';
import { betterReading, deservesSecondLook, onSheet, withMargin } from './second-look.ts';
import { straighten } from './straighten.ts';
import { fromVision } from './vision-error.ts';

export interface AppleVisionOptions {
  /** BCP 47 codes, in order of preference; none leaves it to Vision. */
  readonly languages: readonly string[];
  /** Words that no lexicon has, such as merchants' names. */
  readonly customWords: readonly string[];
  readonly concurrency: number;
  /** Of macOS and of the recogniser, as they are written into each document. */
  readonly version: string;
}

export type Vision = Reader & Pick<MacVision, 'prewarm' | 'close'>;

/**
 * Apple Vision. An image is read as a whole, long ones in tiles too; a sheet of paper that is small or askew on it is cut
 * out, laid flat and read again. Every quad comes back in 0..1 of the upright original.
 */
export class AppleVisionEngine implements OcrEngine {
  readonly name = 'apple-vision';
  readonly version: string;
  readonly concurrency: number;
  readonly #vision: Vision;
  readonly #options: AppleVisionOptions;

  constructor(vision: Vision, options: AppleVisionOptions) {
    this.#vision = vision;
    this.#options = options;
    this.version = options.version;
    this.concurrency = options.concurrency;
  }

  async prewarm(): Promise<void> {
    await this.#vision.prewarm().catch((thrown: unknown) => {
      throw fromVision(thrown);
    });
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    try {
      return await this.#read(image, signal);
    } catch (thrown) {
      if (signal.aborted) throw new SlipstreamError('ABORTED', 'The reading was called off.', { cause: signal.reason });
      throw fromVision(thrown);
    }
  }

  /** Vision reads a region of the picture larger than it reads the whole. */
  async recogniseZone(image: EngineImage, zone: Box, signal: AbortSignal): Promise<OcrLine[]> {
    const { languages, customWords } = this.#options;
    const { left, top, right, bottom } = zone;
    const regionOfInterest = { x: left, y: top, width: right - left, height: bottom - top };
    const options = { languages, customWords, signal, regionOfInterest, fallbackToFast: true };
    const { lines } = await this.#vision.recognizeText(image.bytes, options).catch((thrown: unknown) => {
      throw fromVision(thrown);
    });
    return toOcrLines(lines);
  }

  async close(): Promise<void> {
    await this.#vision.close();
  }

  async #read(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    const { languages, customWords } = this.#options;
    const options = { languages, customWords, signal, detectDocument: true, fallbackToFast: true };
    const first = await readPaper(this.#vision, image.bytes, image, options);
    const isSheetBetterAlone = first.sheet !== undefined && deservesSecondLook(first.sheet, image);
    const read = isSheetBetterAlone ? await this.#lookAgain(image, first.lines, first.sheet, options) : first.lines;
    const { width, height, orientation, sha256 } = image;
    return {
      schema_version: 1,
      image: { width, height, orientation, sha256 },
      engine: { name: this.name, version: this.version, level: first.level, languages: [...languages] },
      ...arrangePage(read, image),
    };
  }

  /** The sheet's lines from whichever reading has more to show; all other lines stay. */
  async #lookAgain(image: EngineImage, lines: OcrLine[], sheet: Quad, options: RecognizeOptions): Promise<OcrLine[]> {
    const wide = withMargin(sheet);
    const { on, off } = onSheet(lines, wide);
    const again = await this.#readSheet(image, wide, options).catch((thrown: unknown): OcrLine[] => {
      if (options.signal?.aborted) throw thrown;
      return []; // a second look is a bonus: where it fails, what was read before stands
    });
    return betterReading(on, again) === 'flat' ? [...off, ...again] : lines;
  }

  #readSheet(image: EngineImage, sheet: Quad, options: RecognizeOptions): Promise<OcrLine[]> {
    return image.type === 'heic' ? this.#readWithin(image, sheet, options) : this.#readFlat(image, sheet, options);
  }

  async #readFlat(image: EngineImage, sheet: Quad, options: RecognizeOptions): Promise<OcrLine[]> {
    return readStraightened(this.#vision, await straighten(image.bytes, image, sheet), options);
  }

  /** HEIC is decoded by macOS alone: Vision reads the sheet's surroundings larger, but not straightened. */
  async #readWithin(image: EngineImage, sheet: Quad, options: RecognizeOptions): Promise<OcrLine[]> {
    const { left, top, right, bottom } = boxOf(sheet);
    const regionOfInterest = { x: left, y: top, width: right - left, height: bottom - top };
    const { lines } = await this.#vision.recognizeText(image.bytes, {
      ...options,
      detectDocument: false,
      regionOfInterest,
    });
    return toOcrLines(lines);
  }
}
