import { MacVisionError, type MacVisionErrorCode } from './mac-vision-error.ts';

/** What the native module exports; native/addon/ is the other side. Regions and quads are Vision's: bottom-left origin. */
export interface NativeAddon {
  start(bytes: Uint8Array, options: NativeOptions): NativeJob;
  supportedLanguages(fast: boolean): Promise<string[]>;
  describe(): { systemVersion: string; revision: number };
}

export interface NativeOptions {
  fast: boolean;
  languageCorrection: boolean;
  detectDocument: boolean;
  minimumTextHeight: number;
  regionX: number;
  regionY: number;
  regionWidth: number;
  regionHeight: number;
  pixelsMax: number;
  languages: readonly string[];
  customWords: readonly string[];
}

export interface NativeJob {
  promise: Promise<NativeRecognition>;
  cancel(): void;
}

export interface NativeRecognition {
  storedWidth: number;
  storedHeight: number;
  orientation: number;
  revision: number;
  texts: string[];
  /** Laid out as native/addon/marshal.h says. */
  numbers: Float64Array;
  document?: Float64Array;
}

const CODES: Record<string, MacVisionErrorCode> = {
  cancelled: 'cancelled',
  not_an_image: 'not_an_image',
  too_large: 'image_too_large',
  vision: 'vision_failed',
  exception: 'exception',
  memory: 'out_of_memory',
  busy: 'busy',
};

/** The native error as a MacVisionError; what the addon did not make is a fault of ours and stays as it is. */
export function fromNativeError(error: unknown): unknown {
  if (!(error instanceof Error) || !('kind' in error) || typeof error.kind !== 'string') return error;
  const code = CODES[error.kind];
  if (!code) return error;
  const domain = 'domain' in error && typeof error.domain === 'string' ? error.domain : '';
  const nativeCode = 'nativeCode' in error && typeof error.nativeCode === 'number' ? error.nativeCode : 0;
  const origin = domain && domain !== 'node-mac-vision' ? ` (${domain} ${nativeCode})` : '';
  return new MacVisionError(code, `${error.message}${origin}`, { cause: error, native: { domain, nativeCode } });
}
