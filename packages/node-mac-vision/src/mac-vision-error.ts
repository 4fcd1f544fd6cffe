/**
 * - `unavailable`: no Vision here; the message says why
 * - `invalid_option`, `unsupported_language`: the call is wrong
 * - `not_an_image`, `image_too_large`, `unreadable_file`: the image is at fault
 * - `vision_failed`: Vision reported an error; `exception`: it raised one
 * - `timeout`, `crashed`: the job was given up; the next one gets a fresh process where it is isolated
 * - `cancelled`: Vision stopped without having been asked by a signal
 * - `busy`, `out_of_memory`, `closed`
 */
export type MacVisionErrorCode =
  | 'unavailable'
  | 'invalid_option'
  | 'unsupported_language'
  | 'not_an_image'
  | 'image_too_large'
  | 'unreadable_file'
  | 'vision_failed'
  | 'exception'
  | 'timeout'
  | 'crashed'
  | 'cancelled'
  | 'busy'
  | 'out_of_memory'
  | 'closed';

export interface NativeErrorDetails {
  /** NSError's domain, or the exception's name. */
  domain: string;
  /** NSError's code. */
  nativeCode: number;
}

export class MacVisionError extends Error {
  override readonly name = 'MacVisionError';
  readonly code: MacVisionErrorCode;
  readonly native: NativeErrorDetails | undefined;

  constructor(
    code: MacVisionErrorCode,
    message: string,
    details: { cause?: unknown; native?: NativeErrorDetails } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.native = details.native;
  }
}

/** Whether the recogniser itself has failed: it may stay broken for the life of its process, as seen in the field. */
export function isRecognizerFailure(error: unknown): error is MacVisionError {
  return error instanceof MacVisionError && (error.code === 'vision_failed' || error.code === 'exception');
}
