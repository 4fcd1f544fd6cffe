import type { Recognition, RecognizeOptions } from 'node-mac-vision';
import type { Reader } from './read-paper.ts';

const REASON_LENGTH_MAX = 500;

/** The readings of one image, which remember whether fast recognition stood in for accurate in any of them. */
export class StandIns implements Reader {
  readonly #vision: Reader;
  #reason: string | null = null;

  constructor(vision: Reader) {
    this.#vision = vision;
  }

  /** Why, the first time; null where every reading was accurate. */
  get reason(): string | null {
    return this.#reason;
  }

  async recognizeText(image: Uint8Array | string, options?: RecognizeOptions): Promise<Recognition> {
    const read = await this.#vision.recognizeText(image, options);
    if (read.fallback) this.#reason ??= read.fallback.reason.slice(0, REASON_LENGTH_MAX);
    return read;
  }
}
