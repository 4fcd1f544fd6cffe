import { MODELS_VERSION, type Script } from '@slipstream/ocr-models';
import type { OcrDocument } from '@slipstream/shared';
import type { ReadingPool } from '../../children/reading-pool.ts';
import { expectKind } from '../../children/tasks.ts';
import type { EngineImage, OcrEngine } from '../engine.ts';

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

  constructor(pool: ReadingPool, options: PpocrOptions) {
    this.#pool = pool;
    this.#options = options;
    this.concurrency = pool.size;
  }

  prewarm(): Promise<void> {
    return this.#pool.warm({ kind: 'warm', script: this.#options.script });
  }

  async recognise(image: EngineImage, signal: AbortSignal): Promise<OcrDocument> {
    const { script, languages } = this.#options;
    const result = await this.#pool.run({ kind: 'read', script, image }, signal);
    const { lines, regions, runtime } = expectKind(result, 'read');
    const { width, height, orientation, sha256 } = image;
    return {
      schema_version: 1,
      image: { width, height, orientation, sha256 },
      engine: { name: this.name, version: `${this.version}, ${runtime}`, level: script, languages: [...languages] },
      lines,
      regions,
    };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
