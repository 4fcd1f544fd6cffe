import { SlipstreamError, systemClock } from '@slipstream/shared';
import { CONCURRENCY_DEFAULT, CONCURRENCY_MAX, createMacVision } from 'node-mac-vision';
import { ReadingPool } from '../../children/reading-pool.ts';
import { DocumentReader } from '../document-reader.ts';
import type { OcrEngine } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { RereadingEngine } from '../rereading/rereading-engine.ts';
import { AppleVisionEngine } from './apple-vision-engine.ts';
import { SteadyVision } from './steady-vision.ts';

export { AppleVisionEngine, type AppleVisionOptions, type Vision } from './apple-vision-engine.ts';
export { SteadyVision } from './steady-vision.ts';

/** In a process of its own, so that an image that brings Vision down costs itself only. ENGINE_UNAVAILABLE off a Mac. */
export async function openAppleVision(options: EngineOptions): Promise<OcrEngine> {
  const concurrency = Math.min(options.concurrency || CONCURRENCY_DEFAULT, CONCURRENCY_MAX);
  const vision = createMacVision({ isolated: true, concurrency, timeoutMs: options.timeoutMs });
  const info = vision.info();
  if (!info.available) {
    const message = `Apple Vision cannot run here: ${info.reason}. Choose --engine ppocr.`;
    throw new SlipstreamError('ENGINE_UNAVAILABLE', message);
  }
  const engine = new AppleVisionEngine(new SteadyVision(vision, systemClock), {
    languages: options.languages,
    customWords: options.customWords ?? [],
    concurrency,
    version: `macOS ${info.systemVersion}, revision ${info.revision}`,
  });
  return new DocumentReader(new RereadingEngine(engine), new ReadingPool({ size: 1, timeoutMs: options.timeoutMs }));
}
