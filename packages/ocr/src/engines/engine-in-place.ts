import { type Clock, type EngineHealth, instant, isSlipstreamError, type OcrDocument } from '@slipstream/shared';
import type { PageView } from '../views/page-views.ts';
import type { EngineImage, OcrEngine } from './engine.ts';

export interface NextEngine {
  readonly open: () => Promise<OcrEngine>;
  /** Told once, in a sentence for a person. */
  readonly onSwitch: (sentence: string) => void;
}

/**
 * The engine that `auto` chose, and another one in its place from the moment at which it reads nothing at all. What the
 * other one reads is marked as read in its place, so that it can be read again where the first one is well.
 */
export class EngineInPlace implements OcrEngine {
  readonly #clock: Clock;
  readonly #next: NextEngine;
  #engine: OcrEngine;
  #replaced: { readonly since: string; readonly reason: string } | null = null;
  #switching: Promise<void> | null = null;

  constructor(first: OcrEngine, next: NextEngine, clock: Clock) {
    this.#engine = first;
    this.#next = next;
    this.#clock = clock;
  }

  get name(): string {
    return this.#engine.name;
  }

  get version(): string {
    return this.#engine.version;
  }

  get concurrency(): number {
    return this.#engine.concurrency;
  }

  get imageMsMax(): number {
    return this.#engine.imageMsMax ?? 0;
  }

  get health(): EngineHealth | undefined {
    if (this.#replaced === null) return this.#engine.health;
    return { state: 'degraded', level: '', ...this.#replaced };
  }

  async prewarm(): Promise<void> {
    await this.#engine.prewarm();
    if (this.#hasFailed()) await this.#replace();
  }

  async recover(): Promise<void> {
    await this.#engine.recover?.();
    if (this.#hasFailed()) await this.#replace();
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    if (this.#hasFailed()) await this.#replace();
    try {
      return this.#marked(await this.#engine.recognise(image, signal));
    } catch (thrown) {
      const isUnusable = this.#hasFailed() || isSlipstreamError(thrown, 'ENGINE_UNAVAILABLE');
      if (this.#replaced !== null || !isUnusable || signal.aborted) throw thrown;
      await this.#replace(thrown);
      return this.#marked(await this.#engine.recognise(image, signal));
    }
  }

  async views(image: EngineImage, signal: AbortSignal): Promise<readonly PageView[]> {
    return (await this.#engine.views?.(image, signal)) ?? [];
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  #hasFailed(): boolean {
    return this.#replaced === null && this.#engine.health?.state === 'failed';
  }

  /** Several images at once find it failed, and wait for the same engine. */
  #replace(thrown?: unknown): Promise<void> {
    this.#switching ??= this.#open(thrown);
    return this.#switching;
  }

  async #open(thrown: unknown): Promise<void> {
    const first = this.#engine;
    const cause = first.health?.reason ?? (thrown instanceof Error ? thrown.message : 'it does not say why');
    const next = await this.#next.open();
    await next.prewarm();
    const reason = `${first.name} cannot be used (${cause}): ${next.name} reads in its place.`;
    this.#replaced = { since: instant(this.#clock), reason };
    this.#engine = next;
    this.#next.onSwitch(reason);
    await first.close();
  }

  #marked(document: OcrDocument): OcrDocument {
    if (this.#replaced === null) return document;
    return { ...document, engine: { ...document.engine, degraded: this.#replaced.reason } };
  }
}
