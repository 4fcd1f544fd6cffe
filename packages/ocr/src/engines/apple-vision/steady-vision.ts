import { type Clock, type EngineHealth, instant } from '@slipstream/shared';
import {
  type MacVision,
  MacVisionError,
  type MacVisionErrorCode,
  type Recognition,
  type RecognizeOptions,
} from 'node-mac-vision';

/** Apart from the image: the recogniser or its process. A fresh process may be better. */
const ENGINE_FAULTS: ReadonlySet<MacVisionErrorCode> = new Set(['vision_failed', 'exception', 'timeout', 'crashed']);
/** Of these one image may be the cause, and the next one is read. */
const PERHAPS_THE_IMAGE: ReadonlySet<MacVisionErrorCode> = new Set(['timeout', 'crashed']);
/** What failed later than this (failures after 108 and 201 s are reported) is not tried again for the same image. */
const RETRY_WITHIN_MS = 90_000;
/** A blank image shows at once whether it was the image or the recogniser, where failing takes no longer than this. */
const PROBE_WITHIN_MS = 10_000;
const FIRST_PAUSE_MS = 60_000;
const PAUSE_MS_MAX = 1_800_000;
const REASON_LENGTH_MAX = 300;

export type IsolatedVision = Pick<MacVision, 'recognizeText' | 'prewarm' | 'close'>;

/**
 * Vision on a Mac whose accurate level may fail: on macOS 26.4 it fails always on some machines while fast works; on 27.0
 * its first call compiles for about a minute, fails half the time, and every later one of the same process fails too.
 *
 *   accurate ──fails──► accurate in a fresh process ──fails──► fast stands in, and says so
 *      ▲                                                          │
 *      └── after a pause that doubles, 1 to 30 min ◄── degraded ──┘      fast fails too: failed
 *
 * `vision` has to replace its process after a failure, as the isolated one of node-mac-vision does.
 */
export class SteadyVision implements IsolatedVision {
  readonly #vision: IsolatedVision;
  readonly #clock: Clock;
  #health: EngineHealth;
  /** Failures in a row that may have been those of images. */
  #suspicions = 0;
  #pauseMs = FIRST_PAUSE_MS;
  /** Monotonic ms before which accurate recognition is left alone. */
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(vision: IsolatedVision, clock: Clock) {
    this.#vision = vision;
    this.#clock = clock;
    this.#health = { state: 'ok', level: 'accurate', since: instant(clock), reason: null };
  }

  get health(): EngineHealth {
    return this.#health;
  }

  /** As `MacVision.recognizeText`; where fast stood in, `fallback` says why. */
  async recognizeText(image: Uint8Array | string, options: RecognizeOptions = {}): Promise<Recognition> {
    if (options.level === 'fast') return this.#vision.recognizeText(image, options);
    if (this.#health.state !== 'ok' && this.#isPaused()) {
      return this.#readFast(image, options, this.#health.reason ?? 'accurate recognition fails');
    }
    const startedAt = this.#clock.monotonic();
    try {
      const read = await this.#tryTwice(() =>
        this.#vision.recognizeText(image, { ...options, level: 'accurate', fallbackToFast: false }),
      );
      this.#noteWell();
      return read;
    } catch (thrown) {
      options.signal?.throwIfAborted();
      if (!isEngineFault(thrown)) throw thrown;
      const tookMs = this.#clock.monotonic() - startedAt;
      if (!(await this.#isTheImage(thrown, tookMs))) this.#noteFailure(thrown.message);
      return this.#readFast(image, options, thrown.message);
    }
  }

  /** Loads the models. What goes wrong is the health's to say: it never keeps anybody from beginning. */
  async prewarm(): Promise<void> {
    try {
      await this.#tryTwice(() => this.#vision.prewarm('accurate'));
      this.#noteWell();
    } catch (thrown) {
      if (!isEngineFault(thrown)) throw thrown;
      this.#noteFailure(thrown.message);
      await this.#tryFast();
    }
  }

  /** Where it is not well and the pause is over: looks whether it is by now. */
  async recover(): Promise<void> {
    if (this.#health.state === 'ok' || this.#isPaused()) return;
    await this.prewarm();
  }

  close(): Promise<void> {
    return this.#vision.close();
  }

  #isPaused(): boolean {
    return this.#clock.monotonic() < this.#pausedUntil;
  }

  async #tryTwice<T>(attempt: () => Promise<T>): Promise<T> {
    const startedAt = this.#clock.monotonic();
    try {
      return await attempt();
    } catch (thrown) {
      const mayRetry = isEngineFault(thrown) && this.#clock.monotonic() - startedAt < RETRY_WITHIN_MS;
      if (!mayRetry) throw thrown;
      return attempt();
    }
  }

  /** True where the recogniser reads another image, or may well do so. */
  async #isTheImage(fault: MacVisionError, tookMs: number): Promise<boolean> {
    if (PERHAPS_THE_IMAGE.has(fault.code)) {
      this.#suspicions += 1;
      return this.#suspicions < 2;
    }
    if (tookMs > PROBE_WITHIN_MS) return false;
    try {
      await this.#vision.prewarm('accurate');
      return true;
    } catch {
      return false;
    }
  }

  async #readFast(image: Uint8Array | string, options: RecognizeOptions, reason: string): Promise<Recognition> {
    const fast: RecognizeOptions = { ...options, level: 'fast', fallbackToFast: false };
    try {
      const read = await this.#vision.recognizeText(image, fast).catch((thrown: unknown) => {
        // Fast recognition knows fewer languages; without any it takes its own.
        if (!(thrown instanceof MacVisionError) || thrown.code !== 'unsupported_language') throw thrown;
        return this.#vision.recognizeText(image, { ...fast, languages: [] });
      });
      if (this.#health.state === 'failed') this.#become('degraded', 'fast', reason);
      return { ...read, fallback: { from: 'accurate', reason } };
    } catch (thrown) {
      if (isEngineFault(thrown) && !PERHAPS_THE_IMAGE.has(thrown.code)) await this.#tryFast();
      throw thrown;
    }
  }

  /** Whether anything is read at all. */
  async #tryFast(): Promise<void> {
    try {
      await this.#vision.prewarm('fast');
    } catch (thrown) {
      if (!isEngineFault(thrown)) throw thrown;
      this.#become('failed', '', `both of its levels fail: ${thrown.message}`);
    }
  }

  #noteWell(): void {
    this.#suspicions = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#pausedUntil = Number.NEGATIVE_INFINITY;
    if (this.#health.state !== 'ok') this.#become('ok', 'accurate', null);
  }

  #noteFailure(reason: string): void {
    this.#pausedUntil = this.#clock.monotonic() + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, PAUSE_MS_MAX);
    if (this.#health.state === 'ok') this.#become('degraded', 'fast', `its accurate level fails: ${reason}`);
  }

  #become(state: EngineHealth['state'], level: string, reason: string | null): void {
    this.#health = { state, level, since: instant(this.#clock), reason: reason?.slice(0, REASON_LENGTH_MAX) ?? null };
  }
}

function isEngineFault(thrown: unknown): thrown is MacVisionError {
  return thrown instanceof MacVisionError && ENGINE_FAULTS.has(thrown.code);
}
