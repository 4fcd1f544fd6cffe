import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { SlipstreamError } from '@slipstream/shared';
import { systemPath } from './file-path.ts';

export interface RegularFile {
  readonly bytes: Uint8Array;
  readonly size: number;
  /** Epoch milliseconds, with fractions. */
  readonly modified_ms: number;
}

/** Neither through a link, nor waiting for a pipe's other end or a device. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * A file that somebody named or put into a folder: opened once, and everything that is known of it is known of what was
 * opened. At most `bytesMax` bytes are ever read. Errors: `NOT_FOUND` (with `error_code` in its details; worth another
 * try unless there is no such file), `REQUEST_INVALID` for what is no regular file, `IMAGE_TOO_LARGE`, and `STORE_BUSY`
 * where this process or machine is short of something.
 */
export async function readRegularFile(path: string, bytesMax: number): Promise<RegularFile> {
  const handle = await onFile(path, open(systemPath(path), FLAGS));
  try {
    const facts = await onFile(path, handle.stat());
    if (!facts.isFile()) throw notRegular(path);
    if (facts.size > bytesMax) throw tooLarge(path, facts.size);
    // One more than is allowed tells a file that grows from one that is full.
    const bytes = await readUpTo(path, handle, facts.size, bytesMax + 1);
    if (bytes.byteLength > bytesMax) throw tooLarge(path, bytes.byteLength);
    return { bytes, size: bytes.byteLength, modified_ms: facts.mtimeMs };
  } finally {
    await handle.close();
  }
}

const GROWTH_BYTES = 65_536;

async function readUpTo(path: string, handle: FileHandle, expected: number, bytesMax: number): Promise<Uint8Array> {
  let buffer = Buffer.allocUnsafe(Math.min(expected + 1, bytesMax));
  let size = 0;
  while (size < bytesMax) {
    if (size === buffer.byteLength) {
      buffer = Buffer.concat([buffer], Math.min(bytesMax, buffer.byteLength + GROWTH_BYTES));
    }
    const { bytesRead } = await onFile(path, handle.read(buffer, size, buffer.byteLength - size, size));
    if (bytesRead === 0) break;
    size += bytesRead;
  }
  return buffer.subarray(0, size);
}

/** What the process or the machine lacks, whichever file it is. */
const SHORTAGES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);
/** What is no file, says open(2): a link that is not followed, a socket, a device without a driver, a folder. */
const NO_FILE: ReadonlySet<string> = new Set(['ELOOP', 'ENXIO', 'ENODEV', 'EISDIR', 'EOPNOTSUPP']);

async function onFile<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const error_code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (NO_FILE.has(error_code)) throw notRegular(path, cause);
    if (SHORTAGES.has(error_code)) {
      const message = `${path} cannot be opened now: too much is open on this machine (${error_code}).`;
      throw new SlipstreamError('STORE_BUSY', message, { cause, details: { error_code } });
    }
    throw fileUnreadable(path, cause);
  }
}

/** `NOT_FOUND`, worth another try unless there is no such file. */
export function fileUnreadable(path: string, cause: unknown): SlipstreamError {
  const error_code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const isMissing = error_code === 'ENOENT' || error_code === 'ENOTDIR';
  // What the shell was given as bytes reaches a program as `�`, and cannot be found again.
  const advice =
    isMissing && path.includes('\ufffd')
      ? 'its name seems to be no UTF-8: name its folder instead, or rename it.'
      : 'is the name right, and may you read it?';
  const details = { error_code };
  return new SlipstreamError('NOT_FOUND', `${path} cannot be read: ${advice}`, {
    cause,
    details,
    retry: isMissing ? 'never' : 'later',
  });
}

export function notRegular(path: string, cause?: unknown): SlipstreamError {
  return new SlipstreamError(
    'REQUEST_INVALID',
    `${path} is no regular file (a link, a pipe, a device or a folder): name the file itself.`,
    cause === undefined ? {} : { cause },
  );
}

function tooLarge(path: string, size: number): SlipstreamError {
  return new SlipstreamError(
    'IMAGE_TOO_LARGE',
    `${path} has ${Math.round(size / 1_048_576)} MB; a photograph of a receipt has 1 to 10.`,
  );
}
