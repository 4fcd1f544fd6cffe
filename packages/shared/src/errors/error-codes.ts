import type { RetryVerdict } from './slipstream-error.ts';

/**
 * Who or what a failure is blamed on.
 * `input`: what a person or a client sent. The same again fails again.
 * `job`: one piece of work or its stored objects. Its failures are counted, and it ends FAILED when they are too many.
 * `ours`: the machine, the network, the store, the index or a provider. It passes, and is counted against no job.
 * `operator`: a setting, a right or a budget that the operator of Slipstream has to change. It is counted against no job.
 */
export type Blame = 'input' | 'job' | 'ours' | 'operator';

/** What a code means: whose fault it is, whether trying again can help, and the HTTP status that says the same. */
export interface ErrorMeaning {
  readonly blame: Blame;
  /** One stored object is missing, damaged or not what it should be, and the others are well: reading goes on without it. */
  readonly oneObject?: true;
  /** Putting the right bytes is the remedy: a job that failed so is run again when they come. */
  readonly bytesCure?: true;
  readonly retry: RetryVerdict;
  readonly httpStatus: number;
  /** Short title for problem+json and tables. */
  readonly title: string;
}

/** Every code that Slipstream raises. A code is a promise: it is stored in records and dead letters, so it is never renamed. */
export const ERROR_MEANINGS = {
  // What a person can fix in their image.
  IMAGE_EMPTY: { blame: 'input', retry: 'never', httpStatus: 422, title: 'The file is empty' },
  IMAGE_TOO_LARGE: { blame: 'input', retry: 'never', httpStatus: 413, title: 'The file is too large' },
  IMAGE_TYPE_UNSUPPORTED: {
    blame: 'input',
    retry: 'never',
    httpStatus: 415,
    title: 'The file is not an image we read',
  },
  IMAGE_PIXELS_EXCEEDED: { blame: 'input', retry: 'never', httpStatus: 422, title: 'The image has too many pixels' },
  IMAGE_PAGES_EXCEEDED: { blame: 'input', retry: 'never', httpStatus: 422, title: 'The file has too many pages' },
  IMAGE_ENCRYPTED: { blame: 'input', retry: 'never', httpStatus: 422, title: 'The file is protected by a password' },
  IMAGE_UNREADABLE: { blame: 'input', retry: 'never', httpStatus: 422, title: 'The image is damaged' },
  IMAGE_HASH_MISMATCH: {
    blame: 'input',
    bytesCure: true,
    retry: 'never',
    httpStatus: 422,
    title: "The object's bytes are not those of its id",
  },
  ENGINE_CANNOT_READ_TYPE: {
    blame: 'input',
    retry: 'never',
    httpStatus: 415,
    title: 'This OCR engine cannot read this type',
  },
  IMAGE_DELETED: { blame: 'input', retry: 'never', httpStatus: 410, title: 'The image was deleted' },
  RECEIPTS_EXCEEDED: { blame: 'input', retry: 'never', httpStatus: 422, title: 'Too many receipts on one image' },
  // What arrives and cannot be trusted.
  MESSAGE_INVALID: { blame: 'input', retry: 'never', httpStatus: 400, title: 'The message is not of its schema' },
  MESSAGE_BUCKET_FOREIGN: {
    blame: 'input',
    retry: 'never',
    httpStatus: 400,
    title: 'The message names a foreign bucket',
  },
  MESSAGE_KEY_INVALID: {
    blame: 'input',
    retry: 'never',
    httpStatus: 400,
    title: 'The message names a key that is not ours',
  },
  JOB_NOT_FOUND: { blame: 'job', retry: 'never', httpStatus: 404, title: 'There is no such job' },
  DOCUMENT_INVALID: {
    blame: 'job',
    oneObject: true,
    retry: 'never',
    httpStatus: 422,
    title: 'A stored document is not of its schema',
  },
  REQUEST_INVALID: { blame: 'input', retry: 'never', httpStatus: 400, title: 'The request is not valid' },
  CALLER_UNKNOWN: { blame: 'input', retry: 'never', httpStatus: 401, title: 'Not signed in' },
  FORBIDDEN: { blame: 'input', retry: 'never', httpStatus: 403, title: 'The caller may not do this' },
  PRECONDITION_REQUIRED: {
    blame: 'input',
    retry: 'never',
    httpStatus: 428,
    title: 'The request does not say which revision it changes',
  },
  REVISION_OUTDATED: {
    blame: 'input',
    retry: 'never',
    httpStatus: 412,
    title: 'The receipt was changed meanwhile',
  },
  RANGE_INVALID: { blame: 'input', retry: 'never', httpStatus: 416, title: 'The range is not in the file' },
  CURSOR_INVALID: { blame: 'input', retry: 'never', httpStatus: 400, title: 'The cursor is not one of ours' },
  NOT_FOUND: { blame: 'input', retry: 'never', httpStatus: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { blame: 'input', retry: 'never', httpStatus: 405, title: 'The path has no such method' },
  MEDIA_TYPE_UNSUPPORTED: {
    blame: 'input',
    retry: 'never',
    httpStatus: 415,
    title: 'Bodies of this type are not taken',
  },
  // What the ports say.
  OBJECT_NOT_FOUND: {
    blame: 'job',
    oneObject: true,
    bytesCure: true,
    retry: 'never',
    httpStatus: 404,
    title: 'There is no such object',
  },
  OBJECT_LOST: {
    blame: 'job',
    oneObject: true,
    bytesCure: true,
    retry: 'never',
    httpStatus: 410,
    title: "The object's bytes are lost",
  },
  OVERLOADED: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'There is too much to do at once' },
  LIMIT_EXCEEDED: {
    blame: 'job',
    oneObject: true,
    retry: 'never',
    httpStatus: 413,
    title: 'A limit of the store is exceeded',
  },
  CONDITION_FAILED: {
    blame: 'ours',
    retry: 'never',
    httpStatus: 409,
    title: 'The record is not in the expected state',
  },
  DELETION_UNDER_WAY: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The image is being deleted' },
  LEASE_LOST: { blame: 'ours', retry: 'never', httpStatus: 409, title: 'The message belongs to another worker by now' },
  STORE_BUSY: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The store is busy' },
  STORE_UNAVAILABLE: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The store cannot be reached' },
  CREDENTIALS_EXPIRED: {
    blame: 'operator',
    retry: 'later',
    httpStatus: 503,
    title: 'The credentials are missing or have expired',
  },
  ACCESS_DENIED: { blame: 'operator', retry: 'later', httpStatus: 503, title: 'The credentials do not allow it' },
  // What the merchant index says.
  INDEX_MISSING: { blame: 'operator', retry: 'later', httpStatus: 503, title: 'The merchant index does not exist' },
  INDEX_EMBEDDING_MISMATCH: {
    blame: 'operator',
    retry: 'never',
    httpStatus: 500,
    title: 'The merchant index was made with another embedding',
  },
  DELTA_EXPIRED: { blame: 'job', retry: 'never', httpStatus: 410, title: 'The delta is too old to be merged' },
  INDEX_VERSION_GONE: {
    blame: 'ours',
    retry: 'now',
    httpStatus: 503,
    title: 'This version of the merchant index was pruned',
  },
  INDEX_UNAVAILABLE: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The merchant index cannot be reached' },
  DIRECTORY_UNAVAILABLE: {
    blame: 'ours',
    retry: 'later',
    httpStatus: 503,
    title: 'The directory of businesses cannot be reached',
  },
  EMBEDDING_UNAVAILABLE: {
    blame: 'ours',
    retry: 'later',
    httpStatus: 503,
    title: 'The provider of embeddings cannot be reached',
  },
  EMBEDDING_BUDGET_SPENT: {
    blame: 'operator',
    retry: 'later',
    httpStatus: 503,
    title: "Today's budget for embeddings is spent",
  },
  // What the catalogue says.
  CATALOGUE_OFF: { blame: 'operator', retry: 'never', httpStatus: 501, title: 'There is no catalogue here' },
  CATALOGUE_BUILDING: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The catalogue is being made' },
  CATALOGUE_UNAVAILABLE: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The catalogue cannot be reached' },
  // What goes wrong while working.
  ENGINE_UNAVAILABLE: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The OCR engine cannot run here' },
  ENGINE_FAILED: { blame: 'job', retry: 'later', httpStatus: 500, title: 'The OCR engine failed' },
  MODEL_UNAVAILABLE: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The language model cannot be reached' },
  TIME_EXHAUSTED: { blame: 'job', retry: 'later', httpStatus: 503, title: 'There was no time left for it' },
  ATTEMPTS_EXHAUSTED: { blame: 'job', retry: 'never', httpStatus: 500, title: 'It failed too often' },
  STALLED: { blame: 'job', retry: 'never', httpStatus: 500, title: 'No worker took it' },
  ABORTED: { blame: 'ours', retry: 'later', httpStatus: 503, title: 'The work was called off' },
  INTERNAL: { blame: 'job', retry: 'later', httpStatus: 500, title: 'Something unexpected happened' },
  // What the operator of Slipstream has to fix.
  CONFIGURATION_INVALID: {
    blame: 'operator',
    retry: 'never',
    httpStatus: 500,
    title: 'The configuration is not valid',
  },
  DATA_FOLDER_NEWER: {
    blame: 'operator',
    retry: 'never',
    httpStatus: 500,
    title: 'The data folder was written by a newer Slipstream',
  },
  DATA_FOLDER_INVALID: { blame: 'operator', retry: 'never', httpStatus: 500, title: 'The data folder cannot be used' },
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof ERROR_MEANINGS;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_MEANINGS, code);
}
