import type { CheckedOptions } from './check-options.ts';
import { decodeRecognition } from './decode-recognition.ts';
import { toVisionRegion } from './geometry.ts';
import { isRecognizerFailure, MacVisionError } from './mac-vision-error.ts';
import { askLanguages, fromNativeError, type NativeAddon, type NativeOptions, startJob } from './native-addon.ts';
import { IMAGE_PIXELS_MAX, readImage } from './read-image.ts';
import type { Recognition, RecognitionLevel } from './types.ts';

/** The options of one job without what the caller alone can keep: its signal and its time. */
export type RecognizerOptions = Omit<CheckedOptions, 'signal' | 'timeoutMs'>;

/**
 * Reads images with the native addon. A promise from here settles only when Vision has let go of the image, also after
 * a cancel, so that whoever counts jobs counts those that really occupy Vision.
 */
export class Recognizer {
  readonly #addon: NativeAddon;
  readonly #languages = new Map<RecognitionLevel, Promise<readonly string[]>>();

  constructor(addon: NativeAddon) {
    this.#addon = addon;
  }

  async recognize(image: Uint8Array | string, options: RecognizerOptions, signal: AbortSignal): Promise<Recognition> {
    await this.#refuseUnsupported(options);
    const bytes = await readImage(image, signal);
    try {
      return await this.#readOnce(bytes, options, signal);
    } catch (error) {
      const mayFallBack = options.fallbackToFast && options.level === 'accurate' && isRecognizerFailure(error);
      if (!mayFallBack) throw error;
      const recognition = await this.#readOnce(bytes, await this.#asFast(options), signal);
      return { ...recognition, fallback: { from: 'accurate', reason: error.message } };
    }
  }

  supportedLanguages(level: RecognitionLevel): Promise<readonly string[]> {
    const known = this.#languages.get(level);
    if (known) return known;
    const asked = askLanguages(this.#addon, level === 'fast').catch((error: unknown) => {
      this.#languages.delete(level);
      throw fromNativeError(error);
    });
    this.#languages.set(level, asked);
    return asked;
  }

  async #readOnce(bytes: Uint8Array, options: RecognizerOptions, signal: AbortSignal): Promise<Recognition> {
    signal.throwIfAborted();
    try {
      const job = startJob(this.#addon, bytes, toNativeOptions(options));
      signal.addEventListener('abort', job.cancel, { once: true });
      const native = await job.promise.finally(() => signal.removeEventListener('abort', job.cancel));
      return decodeRecognition(native, options);
    } catch (error) {
      signal.throwIfAborted();
      throw fromNativeError(error);
    }
  }

  /** Vision raises an exception on a language that it does not know, or reads nothing. */
  async #refuseUnsupported({ languages, level }: RecognizerOptions): Promise<void> {
    if (languages.length === 0) return;
    const supported = await this.supportedLanguages(level);
    const unknown = languages.filter((language) => !supported.includes(language));
    if (unknown.length === 0) return;
    const message = `Vision's ${level} level does not read ${unknown.join(', ')}; it reads ${supported.join(', ')}`;
    throw new MacVisionError('unsupported_language', message);
  }

  /** Fast recognition knows fewer languages: those it lacks are left out. */
  async #asFast(options: RecognizerOptions): Promise<RecognizerOptions> {
    const supported = options.languages.length > 0 ? await this.supportedLanguages('fast') : [];
    return { ...options, level: 'fast', languages: options.languages.filter((code) => supported.includes(code)) };
  }
}

function toNativeOptions(options: RecognizerOptions): NativeOptions {
  const region = toVisionRegion(options.region);
  return {
    fast: options.level === 'fast',
    languageCorrection: options.languageCorrection,
    detectDocument: options.detectDocument,
    minimumTextHeight: options.minimumTextHeight,
    regionX: region.x,
    regionY: region.y,
    regionWidth: region.width,
    regionHeight: region.height,
    pixelsMax: IMAGE_PIXELS_MAX,
    languages: options.languages,
    customWords: options.customWords,
  };
}
