import { ReadingPool } from '../../children/reading-pool.ts';
import { DocumentReader } from '../document-reader.ts';
import type { OcrEngine } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { TesseractEngine } from './tesseract-engine.ts';

export { TesseractEngine, type TesseractOptions } from './tesseract-engine.ts';

/** CONFIGURATION_INVALID comes with the first image or `prewarm`, where a language's data are not installed. */
export async function openTesseract({ languages, concurrency, timeoutMs }: EngineOptions): Promise<OcrEngine> {
  const engine = new TesseractEngine({
    ...(languages.length === 0 ? {} : { languages }),
    ...(concurrency === 0 ? {} : { concurrency }),
    timeout_ms: timeoutMs,
  });
  return new DocumentReader(engine, new ReadingPool({ size: 1, timeoutMs }));
}
