import { MacVisionError, type MacVisionErrorCode, type NativeErrorDetails } from '../mac-vision-error.ts';
import type { RecognizerOptions } from '../recognizer.ts';
import type { Recognition, RecognitionLevel } from '../types.ts';

/** From the parent to the child. They share one version of this file: nothing is checked twice. */
export type Request =
  | { kind: 'recognize'; id: number; image: Uint8Array | string; options: RecognizerOptions }
  | { kind: 'languages'; id: number; level: RecognitionLevel }
  | { kind: 'cancel'; id: number };

/** An error as it crosses the process boundary; structured cloning would lose its class and its fields. */
export interface SentError {
  code: MacVisionErrorCode;
  message: string;
  native?: NativeErrorDetails;
}

/** From the child to the parent, one for each request but `cancel`. */
export type Reply =
  | { kind: 'recognized'; id: number; recognition: Recognition }
  | { kind: 'languages'; id: number; languages: readonly string[] }
  | { kind: 'failed'; id: number; error: SentError };

export function toSentError(error: unknown): SentError {
  if (error instanceof MacVisionError) {
    return { code: error.code, message: error.message, ...(error.native && { native: error.native }) };
  }
  return { code: 'exception', message: error instanceof Error ? error.message : String(error) };
}

export function fromSentError({ code, message, native }: SentError): MacVisionError {
  return new MacVisionError(code, message, native && { native });
}
