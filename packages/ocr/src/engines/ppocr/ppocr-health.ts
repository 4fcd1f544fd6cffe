import { type Clock, type EngineHealth, instant, type SlipstreamError } from '@slipstream/shared';

/** Crashes and time-outs one after the other that are no longer those of single pictures. */
const FAILURES_IN_A_ROW = 3;
/** Measured on two scans: 5.7 against 1.28 s an image. */
const WEB_ASSEMBLY = 'WebAssembly, about 4.5 times the time';

/**
 * How PP-OCR is. Levels are the script that is loaded, and the runtime where it is the slow one.
 *
 *   ok ──3 failures in a row──► degraded ──a picture is read──► ok
 *    └──no runtime can be loaded──► failed
 */
export class PpocrHealth {
  readonly #clock: Clock;
  readonly #script: string;
  #failures = 0;
  #now: EngineHealth;

  constructor(script: string, clock: Clock) {
    this.#clock = clock;
    this.#script = script;
    this.#now = { state: 'ok', level: script, since: instant(clock), reason: null };
  }

  get now(): EngineHealth {
    return this.#now;
  }

  /** `runtime` as it names itself. */
  succeeded(runtime: string): void {
    this.#failures = 0;
    const level = runtime.startsWith('onnxruntime-web') ? `${this.#script} (${WEB_ASSEMBLY})` : this.#script;
    if (this.#now.state !== 'ok' || this.#now.level !== level) this.#become('ok', level, null);
  }

  /** What a picture is to blame for says nothing of the engine. */
  failed(error: SlipstreamError): void {
    if (error.code === 'ENGINE_UNAVAILABLE') this.#become('failed', '', error.message);
    if (error.code !== 'ENGINE_FAILED') return;
    this.#failures += 1;
    if (this.#failures < FAILURES_IN_A_ROW || this.#now.state !== 'ok') return;
    this.#become('degraded', this.#now.level, `${this.#failures} images in a row failed; the last: ${error.message}`);
  }

  #become(state: EngineHealth['state'], level: string, reason: string | null): void {
    this.#now = { state, level, since: instant(this.#clock), reason };
  }
}
