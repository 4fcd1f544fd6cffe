import { createMacVision } from './create-mac-vision.ts';
import type { Info, MacVision, Recognition, RecognitionLevel, RecognizeOptions } from './types.ts';

/** The functions for whoever needs one recogniser only: two are shared by the process, made on first use. */
let inProcess: MacVision | undefined;
let isolated: MacVision | undefined;

function shared(options: { isolated?: boolean } = {}): MacVision {
  if (options.isolated) {
    isolated ??= createMacVision({ isolated: true });
    return isolated;
  }
  inProcess ??= createMacVision();
  return inProcess;
}

/** As `MacVision.recognizeText`, one image at a time; with `isolated: true` in a child process. */
export function recognizeText(
  image: Uint8Array | string,
  options: RecognizeOptions & { isolated?: boolean } = {},
): Promise<Recognition> {
  const { isolated: apart = false, ...rest } = options;
  return shared({ isolated: apart }).recognizeText(image, rest);
}

export function supportedLanguages(level?: RecognitionLevel): Promise<readonly string[]> {
  return shared().supportedLanguages(level);
}

export function prewarm(level?: RecognitionLevel, options?: { isolated?: boolean }): Promise<void> {
  return shared(options).prewarm(level);
}

export function info(): Info {
  return shared().info();
}
