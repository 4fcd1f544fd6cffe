import { SlipstreamError } from '@slipstream/shared';

/** Awaits work on the file system; what fails there is `STORE_UNAVAILABLE`, said to a person. */
export async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    throw toFileError(thrown);
  }
}

export function isMissing(thrown: unknown): boolean {
  return errorCode(thrown) === 'ENOENT';
}

export function isExisting(thrown: unknown): boolean {
  return errorCode(thrown) === 'EEXIST';
}

export function isRefused(thrown: unknown): boolean {
  const code = errorCode(thrown);
  return code === 'EACCES' || code === 'EPERM';
}

/** As `onDisk` throws it; what is not of the file system stays what it is. */
export function toFileError(thrown: unknown): unknown {
  const code = errorCode(thrown);
  if (code === null) return thrown;
  const message = ADVICE[code] ?? 'The folder of the objects cannot be used.';
  return new SlipstreamError('STORE_UNAVAILABLE', message, { cause: thrown, details: { error_code: code } });
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full; make room, nothing was written.',
  EDQUOT: 'The disk quota is used up; make room, nothing was written.',
  EROFS: 'The disk can only be read; nothing was written.',
  EMFILE: 'Too many files are open in this process; it has to do less at once.',
};

export function errorCode(thrown: unknown): string | null {
  if (thrown instanceof SlipstreamError) return null;
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;
}
