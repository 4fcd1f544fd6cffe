import type { EngineHealth, OcrDocument } from '@slipstream/shared';
import { OTHER_SCRIPT_MIN } from '../../networks/other-script.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';

/**
 * PP-OCR, and an engine with the language data of other scripts for the pictures whose text it has no letters for. Most
 * receipts are read once; the others twice.
 */
export class OtherScriptEngine implements OcrEngine {
  readonly name: string;
  readonly version: string;
  readonly concurrency: number;
  readonly #engine: OcrEngine;
  readonly #openOther: () => Promise<OcrEngine>;
  #other: Promise<OcrEngine> | undefined;

  /** `openOther` is called with the first picture that needs it. */
  constructor(engine: OcrEngine, openOther: () => Promise<OcrEngine>) {
    this.name = engine.name;
    this.version = engine.version;
    this.concurrency = engine.concurrency;
    this.#engine = engine;
    this.#openOther = openOther;
  }

  get imageMsMax(): number {
    return this.#engine.imageMsMax ?? 0;
  }

  get health(): EngineHealth | undefined {
    return this.#engine.health;
  }

  prewarm(): Promise<void> {
    return this.#engine.prewarm();
  }

  async recover(): Promise<void> {
    await this.#engine.recover?.();
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    const document = await this.#engine.recognise(image, signal);
    if ((document.engine.unread ?? 0) < OTHER_SCRIPT_MIN) return document;
    this.#other ??= this.#openOther();
    const other = await (await this.#other).recognise(image, signal);
    // A page of neither script: what PP-OCR says of it, it says with the reason.
    return other.lines.length === 0 ? document : other;
  }

  async close(): Promise<void> {
    const other = await this.#other?.catch(() => undefined);
    await Promise.all([this.#engine.close(), other?.close()]);
  }
}
