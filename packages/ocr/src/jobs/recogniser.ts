import { abortable, Semaphore } from '@slipstream/runtime';
import { type Clock, type OcrDocument, SlipstreamError } from '@slipstream/shared';
import type { OcrEngine } from '../engines/engine.ts';
import type { EngineImage } from '../pictures/engine-image.ts';

export interface RecogniserLimits {
  /** Images read at once. */
  readonly concurrency: number;
  /** Longest time for one image. */
  readonly image_ms_max: number;
  /** How long an engine may take to let go of an image that was called off, before it counts as stuck. */
  readonly let_go_ms_max: number;
}

/**
 * The engine behind a fixed number of places, so that the images that wait for one are downloaded and checked by then.
 * The work ends when its signal aborts or its time is over, whatever the engine does; its place is free when the engine
 * has let go. One that does not is stuck: `onStuck` is told once.
 */
export class Recogniser {
  readonly #engine: OcrEngine;
  readonly #clock: Clock;
  readonly #limits: RecogniserLimits;
  readonly #onStuck: (error: SlipstreamError) => void;
  readonly #places: Semaphore;

  constructor(engine: OcrEngine, clock: Clock, limits: RecogniserLimits, onStuck: (error: SlipstreamError) => void) {
    this.#engine = engine;
    this.#clock = clock;
    this.#limits = limits;
    this.#onStuck = onStuck;
    this.#places = new Semaphore(limits.concurrency);
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    await this.#places.acquire(signal);
    const call = new AbortController();
    const abort = () => call.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const reading = this.#read(image, call.signal);
    const done = new AbortController();
    try {
      return await Promise.race([
        abortable(reading, call.signal),
        this.#clock.sleep(this.#limits.image_ms_max, done.signal).then(() => {
          if (!done.signal.aborted) call.abort(this.#tooLong(image));
          return reading;
        }),
      ]);
    } catch (error) {
      call.signal.throwIfAborted(); // why it was called off says more than how the engine ended
      throw error;
    } finally {
      done.abort();
      signal.removeEventListener('abort', abort);
      void this.#free(reading, call.signal.aborted);
    }
  }

  /** Not `async` all the way: an engine that throws before its first await rejects like any other. */
  async #read(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    return this.#engine.recognise(image, signal);
  }

  /** Hands the place on when the engine has let go of the image. */
  async #free(reading: Promise<OcrDocument>, wasCalledOff: boolean): Promise<void> {
    const letGo = new AbortController();
    if (wasCalledOff) {
      void this.#clock.sleep(this.#limits.let_go_ms_max, letGo.signal).then(() => {
        if (!letGo.signal.aborted) this.#onStuck(this.#stuck());
      });
    }
    await reading.catch(() => {}); // its error went to the caller, or nobody wants it any more
    letGo.abort();
    this.#places.release();
  }

  #tooLong(image: EngineImage): SlipstreamError {
    const seconds = Math.round(this.#limits.image_ms_max / 1_000);
    return new SlipstreamError(
      'TIME_EXHAUSTED',
      `The engine ${this.#engine.name} did not end within ${seconds} s: raise --ocr-timeout, or send a smaller photograph.`,
      { details: { image_id: image.image_id, width: image.width, height: image.height } },
    );
  }

  #stuck(): SlipstreamError {
    const seconds = Math.round(this.#limits.let_go_ms_max / 1_000);
    return new SlipstreamError(
      'ENGINE_UNAVAILABLE',
      `The engine ${this.#engine.name} did not let go of an image within ${seconds} s of being told to: the agent has to be started again.`,
    );
  }
}
