import type { RetryVerdict } from './slipstream-error.ts';

/** What a code means to whoever meets it: whether trying again can help, and the HTTP status that says the same. */
export interface ErrorMeaning {
  readonly retry: RetryVerdict;
  readonly httpStatus: number;
  /** Short title for problem+json and tables. */
  readonly title: string;
}

/** Every code that Slipstream raises. A code is a promise: it is stored in records and dead letters, so it is never renamed. */
export const ERROR_MEANINGS = {
  // What a person can mend in their image.
  IMAGE_EMPTY: { retry: 'never', httpStatus: 422, title: 'The file is empty' },
  IMAGE_TOO_LARGE: { retry: 'never', httpStatus: 413, title: 'The file is too large' },
  IMAGE_TYPE_UNSUPPORTED: { retry: 'never', httpStatus: 415, title: 'The file is not an image we read' },
  IMAGE_PIXELS_EXCEEDED: { retry: 'never', httpStatus: 422, title: 'The image has too many pixels' },
  IMAGE_PAGES_EXCEEDED: { retry: 'never', httpStatus: 422, title: 'The file has too many pages' },
  IMAGE_ENCRYPTED: { retry: 'never', httpStatus: 422, title: 'The file is protected by a password' },
  IMAGE_UNREADABLE: { retry: 'never', httpStatus: 422, title: 'The image is damaged' },
  IMAGE_HASH_MISMATCH: { retry: 'never', httpStatus: 422, title: "The object's bytes are not those of its id" },
  ENGINE_CANNOT_READ_TYPE: { retry: 'never', httpStatus: 415, title: 'This OCR engine cannot read this type' },
  RECEIPTS_EXCEEDED: { retry: 'never', httpStatus: 422, title: 'Too many receipts on one image' },
  // What arrives and cannot be trusted.
  MESSAGE_INVALID: { retry: 'never', httpStatus: 400, title: 'The message is not of its schema' },
  MESSAGE_BUCKET_FOREIGN: { retry: 'never', httpStatus: 400, title: 'The message names a foreign bucket' },
  MESSAGE_KEY_INVALID: { retry: 'never', httpStatus: 400, title: 'The message names a key that is not ours' },
  JOB_NOT_FOUND: { retry: 'never', httpStatus: 404, title: 'There is no such job' },
  DOCUMENT_INVALID: { retry: 'never', httpStatus: 422, title: 'A stored document is not of its schema' },
  REQUEST_INVALID: { retry: 'never', httpStatus: 400, title: 'The request is not valid' },
  CALLER_UNKNOWN: { retry: 'never', httpStatus: 401, title: 'Nobody is signed in' },
  FORBIDDEN: { retry: 'never', httpStatus: 403, title: 'The caller may not do this' },
  RANGE_INVALID: { retry: 'never', httpStatus: 416, title: 'The range is not in the file' },
  CURSOR_INVALID: { retry: 'never', httpStatus: 400, title: 'The cursor is not one of ours' },
  NOT_FOUND: { retry: 'never', httpStatus: 404, title: 'Not found' },
  // What the ports say.
  OBJECT_NOT_FOUND: { retry: 'never', httpStatus: 404, title: 'There is no such object' },
  OBJECT_LOST: { retry: 'never', httpStatus: 410, title: "The object's bytes are lost" },
  OVERLOADED: { retry: 'later', httpStatus: 503, title: 'There is too much to do at once' },
  LIMIT_EXCEEDED: { retry: 'never', httpStatus: 413, title: 'A limit of the store is exceeded' },
  CONDITION_FAILED: { retry: 'never', httpStatus: 409, title: 'The record is not in the expected state' },
  LEASE_LOST: { retry: 'never', httpStatus: 409, title: 'The message belongs to somebody else by now' },
  STORE_BUSY: { retry: 'later', httpStatus: 503, title: 'The store is busy' },
  STORE_UNAVAILABLE: { retry: 'later', httpStatus: 503, title: 'The store cannot be reached' },
  CREDENTIALS_EXPIRED: { retry: 'later', httpStatus: 503, title: 'The credentials are missing or have expired' },
  ACCESS_DENIED: { retry: 'later', httpStatus: 503, title: 'The credentials do not allow it' },
  // What the merchant index says.
  INDEX_MISSING: { retry: 'later', httpStatus: 503, title: 'The merchant index does not exist' },
  INDEX_EMBEDDING_MISMATCH: {
    retry: 'never',
    httpStatus: 500,
    title: 'The merchant index was made with another embedding',
  },
  DELTA_EXPIRED: { retry: 'never', httpStatus: 410, title: 'The delta is too old to be merged' },
  INDEX_VERSION_GONE: { retry: 'now', httpStatus: 503, title: 'This version of the merchant index was pruned' },
  INDEX_UNAVAILABLE: { retry: 'later', httpStatus: 503, title: 'The merchant index cannot be reached' },
  DIRECTORY_UNAVAILABLE: { retry: 'later', httpStatus: 503, title: 'The directory of businesses cannot be reached' },
  EMBEDDING_UNAVAILABLE: { retry: 'later', httpStatus: 503, title: 'The provider of embeddings cannot be reached' },
  EMBEDDING_BUDGET_SPENT: { retry: 'later', httpStatus: 503, title: "Today's budget for embeddings is spent" },
  // What goes wrong while working.
  ENGINE_UNAVAILABLE: { retry: 'later', httpStatus: 503, title: 'The OCR engine cannot run here' },
  ENGINE_FAILED: { retry: 'later', httpStatus: 500, title: 'The OCR engine failed' },
  MODEL_UNAVAILABLE: { retry: 'later', httpStatus: 503, title: 'The language model cannot be reached' },
  TIME_EXHAUSTED: { retry: 'later', httpStatus: 503, title: 'There was no time left for it' },
  ATTEMPTS_EXHAUSTED: { retry: 'never', httpStatus: 500, title: 'It failed too often' },
  STALLED: { retry: 'never', httpStatus: 500, title: 'Nobody took it on' },
  ABORTED: { retry: 'later', httpStatus: 503, title: 'The work was called off' },
  INTERNAL: { retry: 'later', httpStatus: 500, title: 'Something unexpected happened' },
  // What the person who runs Slipstream has to mend.
  CONFIGURATION_INVALID: { retry: 'never', httpStatus: 500, title: 'The configuration is not valid' },
  DATA_FOLDER_NEWER: { retry: 'never', httpStatus: 500, title: 'The data folder was written by a newer Slipstream' },
  DATA_FOLDER_INVALID: { retry: 'never', httpStatus: 500, title: 'The data folder cannot be used' },
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof ERROR_MEANINGS;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_MEANINGS, code);
}
