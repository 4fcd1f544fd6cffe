export { MINIMUM_TEXT_HEIGHT_DEFAULT } from './check-options.ts';
export { createMacVision } from './create-mac-vision.ts';
export { CONCURRENCY_DEFAULT, CONCURRENCY_MAX } from './job-queue.ts';
export { MacVisionError, type MacVisionErrorCode, type NativeErrorDetails } from './mac-vision-error.ts';
export { info, prewarm, recognizeText, supportedLanguages } from './shared-vision.ts';
export type {
  Character,
  Info,
  Line,
  MacVision,
  MacVisionSettings,
  Point,
  Quad,
  Recognition,
  RecognitionLevel,
  RecognizeOptions,
  Region,
  Word,
} from './types.ts';
