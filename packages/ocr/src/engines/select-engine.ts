import { isSlipstreamError, systemClock } from '@slipstream/shared';
import type { OcrEngine } from './engine.ts';
import { EngineInPlace } from './engine-in-place.ts';
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
  const onSwitch = options.onSwitch ?? (() => {});
  try {
    const vision = await host.openAppleVision(options);
    return new EngineInPlace(vision, { open: () => host.openTesseract(options), onSwitch }, systemClock);
  } catch (thrown) {
    if (!isSlipstreamError(thrown, 'ENGINE_UNAVAILABLE')) throw thrown;
    onSwitch(`${thrown.message} It reads with Tesseract.`);
    return host.openTesseract(options);
  }
}
