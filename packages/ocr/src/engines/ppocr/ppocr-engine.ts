import { MODELS_VERSION, type Script } from '@slipstream/ocr-models';
import {
  type Clock,
  type EngineHealth,
  isSlipstreamError,
  type OcrDocument,
  SlipstreamError,
  systemClock,
} from '@slipstream/shared';
import type { ReadingPool } from '../../children/reading-pool.ts';
import { expectKind, type ResultOf, type Task } from '../../children/tasks.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';
import { PpocrHealth } from './ppocr-health.ts';

export interface PpocrOptions {
  /** As they were asked for; written into each document. */
  readonly languages: readonly string[];
  readonly script: Script;
}

/** PP-OCR models on ONNX Runtime, in child processes of one core each: reads anywhere what sharp decodes. */
export class PpocrEngine implements OcrEngine {
  readonly name = 'ppocr';
  readonly version = MODELS_VERSION;
  readonly concurrency: number;
  readonly #pool: ReadingPool;
  readonly #options: PpocrOptions;
  readonly #health: PpocrHealth;

  constructor(pool: ReadingPool, options: PpocrOptions, clock: Clock = systemClock) {
    this.#pool = pool;
    this.#options = options;
    this.#health = new PpocrHealth(options.script, clock);
    this.concurrency = pool.size;
  }

  get health(): EngineHealth {
    return this.#health.now;
  }

  /** Starts every process and loads the models. */
  async prewarm(): Promise<void> {
    await Promise.all(Array.from({ length: this.concurrency }, () => this.recover()));
  }

  async recover(): Promise<void> {
    try {
      await this.#run('warm', { kind: 'warm', script: this.#options.script }, new AbortController().signal);
    } catch (thrown) {
      // That no runtime can be loaded stands in the health.
      if (!isSlipstreamError(thrown, 'ENGINE_UNAVAILABLE')) throw thrown;
    }
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    const { languages } = this.#options;
    const task: Task = { kind: 'read', script: this.#options.script, image };
    const { lines, regions, runtime, script, unread } = await this.#run('read', task, signal);
    const { width, height, orientation, sha256 } = image;
    return {
      schema_version: 1,
      image: { width, height, orientation, sha256 },
      engine: {
        name: this.name,
        version: `${this.version}, ${runtime}`,
        level: script,
        languages: [...languages],
        unread,
      },
      lines,
      regions,
    };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #run<K extends 'warm' | 'read'>(kind: K, task: Task, signal: AbortSignal): Promise<ResultOf<K>> {
    try {
      const result = await this.#pool.run(task, signal);
      if ('runtime' in result) this.#health.succeeded(result.runtime);
      return expectKind(result, kind);
    } catch (thrown) {
      this.#health.failed(SlipstreamError.from(thrown));
      throw thrown;
    }
  }
}
