import { isSlipstreamError, systemClock } from '@slipstream/shared';
import type { OcrEngine } from './engine.ts';
import { EngineInPlace } from './engine-in-place.ts';
import type { EngineName, EngineOptions } from './engine-options.ts';
import { NullEngine } from './null-engine.ts';
import { partedByScript } from './ppocr/languages.ts';

/** What the choice depends on; engines are loaded only when they are chosen, since each brings native parts. */
export interface EngineHost {
  readonly platform: NodeJS.Platform;
  readonly openAppleVision: (options: EngineOptions) => Promise<OcrEngine>;
  readonly openPpocr: (options: EngineOptions) => Promise<OcrEngine>;
  readonly openTesseract: (options: EngineOptions) => Promise<OcrEngine>;
}

const THIS_HOST: EngineHost = {
  platform: process.platform,
  openAppleVision: async (options) => (await import('./apple-vision/index.ts')).openAppleVision(options),
  openPpocr: async (options) => (await import('./ppocr/index.ts')).openPpocr(options),
  openTesseract: async (options) => (await import('./tesseract/index.ts')).openTesseract(options),
};

/**
 * `auto` is Apple Vision on a Mac that has it, else PP-OCR, else (for scripts that PP-OCR cannot read, or where it cannot
 * run) Tesseract. ENGINE_UNAVAILABLE where the named one cannot run here.
 */
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
    case 'ppocr':
      return host.openPpocr(options);
    case 'apple-vision':
      return host.openAppleVision(options);
    case 'auto':
      return firstAvailable(candidates(options, host), options);
  }
}

type Open = (options: EngineOptions) => Promise<OcrEngine>;

function candidates(options: EngineOptions, host: EngineHost): Open[] {
  const vision = host.platform === 'darwin' ? [host.openAppleVision] : [];
  const { read, other } = partedByScript(options.languages);
  const ppocr = read.length > 0 || other.length === 0 ? [host.openPpocr] : [];
  return [...vision, ...ppocr, host.openTesseract];
}

/** The last one's error is the answer where none can run. */
async function firstAvailable([open, ...others]: readonly Open[], options: EngineOptions): Promise<OcrEngine> {
  if (open === undefined) throw new Error('there is always Tesseract');
  const onSwitch = options.onSwitch ?? (() => {});
  try {
    const engine = await open(options);
    if (others.length === 0 || engine.health === undefined) return engine;
    // It opens, and may yet turn out to read nothing.
    return new EngineInPlace(engine, { open: () => firstAvailable(others, options), onSwitch }, systemClock);
  } catch (thrown) {
    if (others.length === 0 || !isSlipstreamError(thrown, 'ENGINE_UNAVAILABLE')) throw thrown;
    const next = await firstAvailable(others, options);
    onSwitch(`${thrown.message} ${next.name} reads in its place.`);
    return next;
  }
}
