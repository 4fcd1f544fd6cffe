import { blankPng } from './blank-png.ts';
import { checkLevel, checkOptions } from './check-options.ts';
import { describeAddon } from './info.ts';
import { JobQueue } from './job-queue.ts';
import { requireAddon } from './load-addon.ts';
import { Recognizer } from './recognizer.ts';
import type { Info, MacVision, Recognition, RecognitionLevel, RecognizeOptions } from './types.ts';

/** Small enough to cost nothing, large enough for the recogniser to be loaded. */
export const PREWARM_SIDE_PX = 64;

/** Runs Vision on threads of this process. */
export class InProcessVision implements MacVision {
  readonly #queue: JobQueue;
  #recognizer: Recognizer | undefined;

  constructor(concurrency?: number) {
    this.#queue = new JobQueue(concurrency);
  }

  async recognizeText(image: Uint8Array | string, options?: RecognizeOptions): Promise<Recognition> {
    const { signal, timeoutMs, ...checked } = checkOptions(options);
    const recognizer = this.#use();
    return this.#queue.run((stop) => recognizer.recognize(image, checked, stop), { signal, timeoutMs });
  }

  async supportedLanguages(level?: RecognitionLevel): Promise<readonly string[]> {
    return this.#use().supportedLanguages(checkLevel(level));
  }

  async prewarm(level?: RecognitionLevel): Promise<void> {
    await this.recognizeText(blankPng(PREWARM_SIDE_PX), level && { level });
  }

  info(): Info {
    return describeAddon();
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  #use(): Recognizer {
    this.#recognizer ??= new Recognizer(requireAddon());
    return this.#recognizer;
  }
}
