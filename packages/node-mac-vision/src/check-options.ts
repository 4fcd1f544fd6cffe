import { WHOLE_IMAGE } from './geometry.ts';
import { MacVisionError } from './mac-vision-error.ts';
import type { RecognitionLevel, RecognizeOptions, Region } from './types.ts';

/** Vision's own default, 1/32 of the height, is 94 px of a receipt 3,000 px tall; 0.008 is 24. */
export const MINIMUM_TEXT_HEIGHT_DEFAULT = 0.008;
const CUSTOM_WORDS_MAX = 10_000;
const CUSTOM_WORD_LENGTH_MAX = 200;
const LANGUAGES_MAX = 50;
/** setTimeout's limit. */
const TIMEOUT_MS_MAX = 2_147_483_647;

/** Rounding of a region computed by the caller. */
const REGION_TOLERANCE = 1e-9;

export interface CheckedOptions {
  level: RecognitionLevel;
  languages: readonly string[];
  languageCorrection: boolean;
  customWords: readonly string[];
  minimumTextHeight: number;
  region: Region;
  detectDocument: boolean;
  fallbackToFast: boolean;
  signal: AbortSignal | undefined;
  timeoutMs: number | undefined;
}

/** Options with their defaults; throws `invalid_option` with the field's name. Languages are checked against Vision later. */
export function checkOptions(options: RecognizeOptions = {}): CheckedOptions {
  return {
    level: checkLevel(options.level),
    languages: strings('languages', options.languages, LANGUAGES_MAX),
    languageCorrection: boolean('languageCorrection', options.languageCorrection, true),
    customWords: strings('customWords', options.customWords, CUSTOM_WORDS_MAX),
    minimumTextHeight: share('minimumTextHeight', options.minimumTextHeight ?? MINIMUM_TEXT_HEIGHT_DEFAULT),
    region: options.regionOfInterest === undefined ? WHOLE_IMAGE : checkRegion(options.regionOfInterest),
    detectDocument: boolean('detectDocument', options.detectDocument, false),
    fallbackToFast: boolean('fallbackToFast', options.fallbackToFast, false),
    signal: checkSignal(options.signal),
    timeoutMs: options.timeoutMs === undefined ? undefined : checkTimeout('timeoutMs', options.timeoutMs),
  };
}

export function checkLevel(level: RecognitionLevel = 'accurate'): RecognitionLevel {
  if (level === 'accurate' || level === 'fast') return level;
  throw invalid('level', 'must be "accurate" or "fast"');
}

export function checkTimeout(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= TIMEOUT_MS_MAX) return value;
  throw invalid(name, `must be a whole number of milliseconds from 1 to ${TIMEOUT_MS_MAX}`);
}

function invalid(name: string, problem: string): MacVisionError {
  return new MacVisionError('invalid_option', `${name} ${problem}`);
}

function boolean(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  throw invalid(name, 'must be a boolean');
}

function share(name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw invalid(name, 'must be a number from 0 to 1');
}

function strings(name: string, value: unknown, max: number): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > max) throw invalid(name, `must be an array of at most ${max} strings`);
  return value.map((entry: unknown) => {
    if (typeof entry === 'string' && entry.length > 0 && entry.length <= CUSTOM_WORD_LENGTH_MAX) return entry;
    throw invalid(name, `must hold strings of 1 to ${CUSTOM_WORD_LENGTH_MAX} characters`);
  });
}

/** Vision fails the whole request where the region leaves the image. */
function checkRegion(region: Region): Region {
  const { x, y, width, height } = region;
  const inside = x >= 0 && y >= 0 && x + width <= 1 + REGION_TOLERANCE && y + height <= 1 + REGION_TOLERANCE;
  if (inside && width > 0 && height > 0) {
    return { x, y, width: Math.min(width, 1 - x), height: Math.min(height, 1 - y) };
  }
  throw invalid('regionOfInterest', 'must be a rectangle of some size within 0..1');
}

function checkSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw invalid('signal', 'must be an AbortSignal');
}
