import { type EngineHealth, type OcrDocument, type OcrLine, type Quad, SlipstreamError } from '@slipstream/shared';
import type { MacVision, RecognizeOptions } from 'node-mac-vision';
import { arrangePage } from '../../layout/arrange-page.ts';
import { type Box, boxOf } from '../../layout/page.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';
import { type Reader, readPaper, readStraightened, toOcrLines } from './read-paper.ts';
import { betterReading, deservesSecondLook, onSheet, withMargin } from './second-look.ts';
import { StandIns } from './stand-ins.ts';
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

export type Vision = Reader &
  Pick<MacVision, 'close'> & {
    prewarm(): Promise<void>;
    readonly health?: EngineHealth;
    recover?(): Promise<void>;
  };

/**
 * Its process is ended when one request takes too long, so this is for all requests of an image together, behind a
 * prewarming that compiles: two processes of four minutes each, and the reading itself.
 */
const IMAGE_MS_MAX = 900_000;

/**
 * Apple Vision. An image is read as a whole, long ones in tiles too; a sheet of paper that is small or askew on it is cut
 * out, laid flat and read again. Every quad comes back in 0..1 of the upright original.
 */
export class AppleVisionEngine implements OcrEngine {
  readonly name = 'apple-vision';
  readonly version: string;
  readonly concurrency: number;
  readonly imageMsMax = IMAGE_MS_MAX;
  readonly #vision: Vision;
  readonly #options: AppleVisionOptions;

  constructor(vision: Vision, options: AppleVisionOptions) {
    this.#vision = vision;
    this.#options = options;
    this.version = options.version;
    this.concurrency = options.concurrency;
  }

  get health(): EngineHealth | undefined {
    return this.#vision.health;
  }

  async recover(): Promise<void> {
    await this.#vision.recover?.();
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
      if (this.health?.state === 'failed') throw unusable(this.health.reason, thrown);
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
    const options = { languages, customWords, signal, detectDocument: true };
    const standIns = new StandIns(this.#vision);
    const first = await readPaper(standIns, image.bytes, image, options);
    const isSheetBetterAlone = first.sheet !== undefined && deservesSecondLook(first.sheet, image);
    const read = isSheetBetterAlone
      ? await this.#lookAgain(standIns, image, first.lines, first.sheet, options)
      : first.lines;
    const { width, height, orientation, sha256 } = image;
    return {
      schema_version: 1,
      image: { width, height, orientation, sha256 },
      engine: {
        name: this.name,
        version: this.version,
        level: standIns.reason === null ? first.level : 'fast',
        languages: [...languages],
        ...(standIns.reason === null ? {} : { degraded: standIns.reason }),
      },
      ...arrangePage(read, image),
    };
  }

  /** The sheet's lines from whichever reading has more to show; all other lines stay. */
  async #lookAgain(
    vision: Reader,
    image: EngineImage,
    lines: OcrLine[],
    sheet: Quad,
    options: RecognizeOptions,
  ): Promise<OcrLine[]> {
    const wide = withMargin(sheet);
    const { on, off } = onSheet(lines, wide);
    const again = await this.#readSheet(vision, image, wide, options).catch((thrown: unknown): OcrLine[] => {
      if (options.signal?.aborted) throw thrown;
      return []; // a second look is a bonus: where it fails, what was read before stands
    });
    return betterReading(on, again) === 'flat' ? [...off, ...again] : lines;
  }

  #readSheet(vision: Reader, image: EngineImage, sheet: Quad, options: RecognizeOptions): Promise<OcrLine[]> {
    const read = image.type === 'heic' ? this.#readWithin : this.#readFlat;
    return read(vision, image, sheet, options);
  }

  async #readFlat(vision: Reader, image: EngineImage, sheet: Quad, options: RecognizeOptions): Promise<OcrLine[]> {
    return readStraightened(vision, await straighten(image.bytes, image, sheet), options);
  }

  /** HEIC is decoded by macOS alone: Vision reads the sheet's surroundings larger, but not straightened. */
  async #readWithin(vision: Reader, image: EngineImage, sheet: Quad, options: RecognizeOptions): Promise<OcrLine[]> {
    const { left, top, right, bottom } = boxOf(sheet);
    const regionOfInterest = { x: left, y: top, width: right - left, height: bottom - top };
    const { lines } = await vision.recognizeText(image.bytes, {
      ...options,
      detectDocument: false,
      regionOfInterest,
    });
    return toOcrLines(lines);
  }
}

/** No image is at fault, and none may fail for it. */
function unusable(reason: string | null, cause: unknown): SlipstreamError {
  const message = `Apple Vision cannot be used on this Mac: ${reason ?? 'it fails'}. Restart the Mac, or choose --engine auto or tesseract.`;
  return new SlipstreamError('ENGINE_UNAVAILABLE', message, { cause });
}
