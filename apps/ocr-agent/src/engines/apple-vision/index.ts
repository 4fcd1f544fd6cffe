import { SlipstreamError } from '@slipstream/shared';
import type { OcrEngine } from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';

/** ENGINE_UNAVAILABLE where Apple Vision cannot run. */
export async function openAppleVision(_options: EngineOptions): Promise<OcrEngine> {
  throw new SlipstreamError(
    'ENGINE_UNAVAILABLE',
    'Apple Vision cannot run here: it needs macOS and the node-mac-vision addon. Choose --engine tesseract.',
  );
}
