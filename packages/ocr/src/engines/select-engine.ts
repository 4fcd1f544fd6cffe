import { isSlipstreamError } from '@slipstream/shared';
import type { OcrEngine } from './engine.ts';
import type { EngineName, EngineOptions } from './engine-options.ts';
import { NullEngine } from './null-engine.ts';

/** What the choice depends on; engines are loaded only when they are chosen, since each brings native parts. */
export interface EngineHost {
  readonly platform: NodeJS.Platform;
  readonly openAppleVision: (options: EngineOptions) => Promise<OcrEngine>;
  readonly openTesseract: (options: EngineOptions) => Promise<OcrEngine>;
}

const THIS_HOST: EngineHost = {
  platform: process.platform,
  openAppleVision: async (options) => (await import('./apple-vision/index.ts')).openAppleVision(options),
  openTesseract: async (options) => (await import('./tesseract/index.ts')).openTesseract(options),
};

/** `auto` is Apple Vision on a Mac that has it, else Tesseract. ENGINE_UNAVAILABLE where the named one cannot run here. */
export async function selectEngine(
  name: EngineName,
  options: EngineOptions,
  host: EngineHost = THIS_HOST,
): Promise<OcrEngine> {
  switch (name) {
    case 'null':
      return options.concurrency === 0 ? new NullEngine() : new NullEngine(options.concurrency);
    case 'tesseract':
      return host.openTesseract(options);
    case 'apple-vision':
      return host.openAppleVision(options);
    case 'auto':
      return host.platform === 'darwin' ? visionOrTesseract(options, host) : host.openTesseract(options);
  }
}

async function visionOrTesseract(options: EngineOptions, host: EngineHost): Promise<OcrEngine> {
  try {
    return await host.openAppleVision(options);
  } catch (thrown) {
    if (!isSlipstreamError(thrown, 'ENGINE_UNAVAILABLE')) throw thrown;
    return host.openTesseract(options);
  }
}
