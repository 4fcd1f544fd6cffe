import { availableParallelism } from 'node:os';
import { SlipstreamError } from '@slipstream/shared';
import { ReadingPool } from '../../children/reading-pool.ts';
import { DocumentReader } from '../document-reader.ts';
import type { OcrEngine } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { RereadingEngine } from '../rereading/rereading-engine.ts';
import { scriptFor } from './languages.ts';
import { PpocrEngine } from './ppocr-engine.ts';

export { scriptFor } from './languages.ts';
export { PpocrEngine } from './ppocr-engine.ts';

/** ENGINE_UNAVAILABLE where it cannot run here; CONFIGURATION_INVALID for languages whose script it cannot read. */
export async function openPpocr({ languages, concurrency, timeoutMs }: EngineOptions): Promise<OcrEngine> {
  const read = scriptFor(languages);
  if ('unreadable' in read) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The engine ppocr reads Latin, Greek, Chinese and Japanese, not ${read.unreadable}: use --engine tesseract with that language, or a Mac.`,
    );
  }
  const pool = new ReadingPool({ size: concurrency || availableParallelism(), timeoutMs });
  const engine = new PpocrEngine(pool, { languages, script: read.script });
  const openSecond = async () =>
    (await import('../tesseract/index.ts')).openTesseractAlone({ timeoutMs, concurrency: 1 });
  return new DocumentReader(new RereadingEngine(engine, { openSecond }), pool);
}
