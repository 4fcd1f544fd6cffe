import { loadDetection, loadLineAngle, loadRecognition, type Script } from '@slipstream/ocr-models';
import type { OcrLine, OcrRegion } from '@slipstream/shared';
import { arrangePage } from '../layout/arrange-page.ts';
import { decodeUpright } from '../pictures/decode-upright.ts';
import type { EngineImage } from '../pictures/engine-image.ts';
import { type RgbImage, rgbOf } from '../pictures/rgb-image.ts';
import { findText } from './find-text.ts';
import { OTHER_SCRIPT_MIN } from './other-script.ts';
import { boxOnPage, pageTurn } from './page-turn.ts';
import { type Recognition, readLines } from './read-lines.ts';
import { type Network, openRuntime, type Runtime } from './runtime.ts';
import type { TextBox } from './text-box.ts';
import { meanProbability, toOcrLines } from './to-ocr-lines.ts';
import { unreadShare } from './unread-share.ts';

export interface ReadImage {
  readonly lines: OcrLine[];
  readonly regions: OcrRegion[];
  /** The runtime that computed it. */
  readonly runtime: string;
  /** The letters that it was read with: all of them where the Latin ones are not those of the text. */
  readonly script: Script;
  /** Share of the text, by its length, that neither has letters for. */
  readonly unread: number;
}

/** Votes less unanimous than this are checked by reading the widest lines both ways. */
const SURE_TURN_MIN = 0.5;
const TRIAL_LINES = 8;

/** Text detection, recognition and line angle on one runtime: reads one image at a time. */
export class PageReader {
  readonly #runtime: Runtime;
  readonly #detection: Network;
  readonly #angle: Network;
  readonly #recognition: Recognition;
  readonly #script: Script;
  #allLetters: Promise<Recognition> | undefined;

  private constructor(runtime: Runtime, script: Script, detection: Network, angle: Network, recognition: Recognition) {
    this.#script = script;
    this.#runtime = runtime;
    this.#detection = detection;
    this.#angle = angle;
    this.#recognition = recognition;
  }

  static async open(script: Script): Promise<PageReader> {
    const [runtime, detection, angle, recognition] = await Promise.all([
      openRuntime(),
      loadDetection(),
      loadLineAngle(),
      loadRecognition(script),
    ]);
    return new PageReader(runtime, script, await runtime.load(detection), await runtime.load(angle), {
      network: await runtime.load(recognition.model),
      letters: recognition.letters,
    });
  }

  /** IMAGE_UNREADABLE or ENGINE_CANNOT_READ_TYPE where it cannot be decoded. */
  get runtime(): string {
    return this.#runtime.name;
  }

  async read(image: EngineImage): Promise<ReadImage> {
    const page = await decodeUpright(image, 'PP-OCR', rgbOf);
    const { lines, script, unread } = await this.#readPage(page);
    return { ...arrangePage(toOcrLines(lines, page), image), runtime: this.#runtime.name, script, unread };
  }

  /** With Latin letters first: they are read faster, and none of them is taken for a Chinese one. */
  async #readPage(page: RgbImage) {
    const boxes = await findText(this.#detection, page);
    const { turns, sureness } = await pageTurn(this.#angle, page, boxes);
    const turn = sureness >= SURE_TURN_MIN ? turns : await this.#surestTurn(page, boxes, turns);
    const turned = boxes.map((box) => boxOnPage(box, turn));
    const lines = await readLines(this.#recognition, page, turned);
    const read = { lines, script: this.#script, unread: unreadShare(lines) };
    if (this.#script === 'all' || read.unread < OTHER_SCRIPT_MIN) return read;
    const again = await readLines(await this.#withAllLetters(), page, turned);
    const unread = unreadShare(again);
    return unread < OTHER_SCRIPT_MIN ? { lines: again, script: 'all' as const, unread } : read;
  }

  /** Loaded with the first image that needs them. */
  #withAllLetters(): Promise<Recognition> {
    this.#allLetters ??= loadRecognition('all').then(async ({ model, letters }) => ({
      network: await this.#runtime.load(model),
      letters,
    }));
    return this.#allLetters;
  }

  /** Upside down, letters are read with .72 to .78, upright with .98 and more. */
  async #surestTurn(page: RgbImage, boxes: readonly TextBox[], turns: number): Promise<number> {
    const trial = boxes.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, TRIAL_LINES);
    let best = { turn: turns, mean: -1 };
    for (const turn of [turns, (turns + 2) % 4]) {
      const lines = await readLines(
        this.#recognition,
        page,
        trial.map((box) => boxOnPage(box, turn)),
      );
      const mean = meanProbability(lines.flatMap(({ words }) => words));
      if (mean > best.mean) best = { turn, mean };
    }
    return best.turn;
  }
}

function sizeOf({ along, down }: TextBox): number {
  return Math.max(Math.hypot(...along), Math.hypot(...down));
}
