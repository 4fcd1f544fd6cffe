import type { EngineHealth, OcrDocument, OcrPass, Quad, Receipt } from '@slipstream/shared';
import type { Box } from '../../layout/page.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';
import { chooseAlternatives } from './choose-alternatives.ts';
import { doubtfulZones, isUnproven, receiptsOf, type Zone } from './doubtful-zones.ts';
import { isNothingLost, isProven } from './proof.ts';
import { readZone } from './read-zone.ts';
import { withZone } from './with-zone.ts';

export interface RereadingOptions {
  /** Another engine for the same zones; opened when the first is needed. */
  readonly openSecond?: () => Promise<OcrEngine>;
  /** For all zones of one image. */
  readonly timeMs?: number;
}

const TIME_MS = 2_000;

/**
 * Reads again where the figures of a receipt do not lead to its total: first as what else the engine says a figure may be,
 * then zone by zone, larger, by the same engine and by a second one. What was read is taken only where the sum then
 * holds, and noted either way; all within two seconds. A second look that fails leaves the first reading as it is.
 */
export class RereadingEngine implements OcrEngine {
  readonly name: string;
  readonly version: string;
  readonly concurrency: number;
  readonly #engine: OcrEngine;
  readonly #options: RereadingOptions;
  #second: Promise<OcrEngine> | undefined;

  constructor(engine: OcrEngine, options: RereadingOptions = {}) {
    this.name = engine.name;
    this.version = engine.version;
    this.concurrency = engine.concurrency;
    this.#engine = engine;
    this.#options = options;
  }

  /** 0 leaves it to the caller. */
  get imageMsMax(): number {
    const own = this.#engine.imageMsMax ?? 0;
    return own === 0 ? 0 : own + (this.#options.timeMs ?? TIME_MS);
  }

  get health(): EngineHealth | undefined {
    return this.#engine.health;
  }

  async recover(): Promise<void> {
    await this.#engine.recover?.();
  }

  prewarm(): Promise<void> {
    return this.#engine.prewarm();
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    const read = await this.#engine.recognise(image, signal);
    const time = AbortSignal.timeout(this.#options.timeMs ?? TIME_MS);
    const { document, receipts } = chooseAlternatives(read, receiptsOf(read), time);
    const zones = doubtfulZones(document, receipts);
    if (zones.length === 0) return document;
    const reread = await this.#readAgain(image, document, receipts, zones, AbortSignal.any([signal, time]));
    signal.throwIfAborted();
    return reread;
  }

  async close(): Promise<void> {
    const second = await this.#second?.catch(() => undefined);
    await Promise.all([this.#engine.close(), second?.close()]);
  }

  async #readAgain(
    image: EngineImage,
    first: OcrDocument,
    receipts: readonly Receipt[],
    zones: readonly Zone[],
    signal: AbortSignal,
  ): Promise<OcrDocument> {
    const engines = [first.engine];
    const passes: OcrPass[] = [...(first.passes ?? [])];
    let [best, bestReceipts] = [first, receipts];
    for (const index of this.#options.openSecond === undefined ? [0] : [0, 1]) {
      const engine = await this.#engineAt(index).catch(() => null);
      if (engine === null) break;
      if (index === 1) engines.push({ name: engine.name, version: engine.version, level: 'zone', languages: [] });
      let together = best;
      for (const { box, reason } of zones) {
        if (signal.aborted || !bestReceipts.some(isUnproven)) break;
        const lines = await readZone(engine, image, box, signal).catch(() => []);
        const alone = withZone(best, box, lines, index);
        together = withZone(together, box, lines, index);
        const taken = [alone, together].find((candidate) => {
          const after = receiptsOf(candidate);
          return isProven(bestReceipts, after) && isNothingLost(bestReceipts, after, reason === 'doubtful-total');
        });
        passes.push({ page: 0, quad: quadOf(box), engine: index, reason, taken: taken !== undefined });
        if (taken !== undefined) [best, bestReceipts] = [taken, receiptsOf(taken)];
      }
    }
    return { ...best, ...(engines.length > 1 && { engines }), ...(passes.length > 0 && { passes }) };
  }

  #engineAt(index: number): Promise<OcrEngine> {
    const { openSecond } = this.#options;
    if (index === 0 || openSecond === undefined) return Promise.resolve(this.#engine);
    this.#second ??= openSecond();
    return this.#second;
  }
}

function quadOf({ left, top, right, bottom }: Box): Quad {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
