import { availableParallelism } from 'node:os';
import { SlipstreamError } from '@slipstream/shared';
import { ReadingPool } from '../../children/reading-pool.ts';
import { DocumentReader } from '../document-reader.ts';
import type { OcrEngine } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { RereadingEngine } from '../rereading/rereading-engine.ts';
import { partedByScript, scriptFor } from './languages.ts';
import { OtherScriptEngine } from './other-script-engine.ts';
import { PpocrEngine } from './ppocr-engine.ts';

export { partedByScript, scriptFor } from './languages.ts';
export { PpocrEngine } from './ppocr-engine.ts';

/**
 * ENGINE_UNAVAILABLE where it cannot run here; CONFIGURATION_INVALID for languages none of whose scripts it can read.
 * Beside one that it reads, languages of other scripts are those of the pictures that it finds no letters on: Tesseract
 * reads these, and its data have to be installed.
 */
export async function openPpocr({ languages, concurrency, timeoutMs }: EngineOptions): Promise<OcrEngine> {
  const { read: readable, other } = partedByScript(languages);
  const read = scriptFor(readable.length > 0 ? readable : languages);
  if ('unreadable' in read) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The engine ppocr reads Latin, Greek, Chinese and Japanese, not ${read.unreadable}: use --engine tesseract with that language, or a Mac.`,
    );
  }
  const pool = new ReadingPool({ size: concurrency || availableParallelism(), timeoutMs });
  const ppocr = new PpocrEngine(pool, { languages: readable, script: read.script });
  const engine = other.length === 0 ? ppocr : await withOtherScripts(ppocr, languages, timeoutMs);
  const openSecond = async () =>
    (await import('../tesseract/index.ts')).openTesseractAlone({ timeoutMs, concurrency: 1 });
  return new DocumentReader(new RereadingEngine(engine, { openSecond }), pool);
}

/** Missing language data are said at once, not with the first picture that needs them. */
async function withOtherScripts(ppocr: OcrEngine, languages: readonly string[], timeoutMs: number): Promise<OcrEngine> {
  const { readLanguages, TesseractEngine, tesseractCode } = await import('../tesseract/index.ts');
  const codes = languages.map(tesseractCode);
  await readLanguages(codes);
  return new OtherScriptEngine(
    ppocr,
    async () => new TesseractEngine({ languages: codes, concurrency: ppocr.concurrency, timeout_ms: timeoutMs }),
  );
}
