import { MacVisionError, type MacVisionErrorCode } from './mac-vision-error.ts';

/** What the native module exports; native/addon/ is the other side. Regions and quads are Vision's: bottom-left origin. */
export interface NativeAddon {
  /** Returns the function that cancels. Throws where the arguments are wrong or Vision has its fill. */
  start(bytes: Uint8Array, options: NativeOptions, done: Done<NativeRecognition>): () => void;
  supportedLanguages(fast: boolean, done: Done<string[]>): void;
  describe(): { systemVersion: string; revision: number };
}

/** Called once, with one of the two. */
type Done<T> = (error: Error | null, value?: T) => void;

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

/** One image at work: settles once Vision has let go of it. */
export function startJob(addon: NativeAddon, bytes: Uint8Array, options: NativeOptions): NativeJob {
  const { promise, settle } = open<NativeRecognition>();
  return { promise, cancel: addon.start(bytes, options, settle) };
}

export function askLanguages(addon: NativeAddon, fast: boolean): Promise<string[]> {
  const { promise, settle } = open<string[]>();
  addon.supportedLanguages(fast, settle);
  return promise;
}

function open<T>(): { promise: Promise<T>; settle: Done<T> } {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const settle: Done<T> = (error, value) => {
    if (value === undefined) reject(error);
    else resolve(value);
  };
  return { promise, settle };
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
