import { ReadingPool } from '../../children/reading-pool.ts';
import { DocumentReader } from '../document-reader.ts';
import type { OcrEngine } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { RereadingEngine } from '../rereading/rereading-engine.ts';
import { TesseractEngine } from './tesseract-engine.ts';

export { readLanguages, tesseractCode } from './language-data.ts';
export { TesseractEngine, type TesseractOptions } from './tesseract-engine.ts';

/** CONFIGURATION_INVALID comes with the first image or `prewarm`, where a language's data are not installed. */
export async function openTesseract({ languages, concurrency, timeoutMs }: EngineOptions): Promise<OcrEngine> {
  const engine = new TesseractEngine({
    ...(languages.length === 0 ? {} : { languages }),
    ...(concurrency === 0 ? {} : { concurrency }),
    timeout_ms: timeoutMs,
  });
  return new DocumentReader(new RereadingEngine(engine), new ReadingPool({ size: 1, timeoutMs }));
}

/** Without files of several pages and second looks: for a second look itself. Its language is English. */
export async function openTesseractAlone(
  options: Pick<EngineOptions, 'concurrency' | 'timeoutMs'>,
): Promise<OcrEngine> {
  return new TesseractEngine({ concurrency: options.concurrency, timeout_ms: options.timeoutMs });
}
