import { SlipstreamError } from '@slipstream/shared';
import { errorCode, toFileError } from '../file-errors.ts';

/** Bytes that are gone for good: this object's failure, which trying again does not change. */
export function objectLost(key: string, fault: string, cause?: unknown): SlipstreamError {
  const advice = key.startsWith('raw/')
    ? 'submit the photograph again, or put back a copy of the data folder'
    : 'reprocess its image, or put back a copy of the data folder';
  return new SlipstreamError('OBJECT_LOST', `The bytes of ${key} are lost (${fault}): ${advice}.`, {
    ...(cause === undefined ? {} : { cause }),
    details: { key },
  });
}

/** What the system says of one file, and not of its disk or of this process. */
const FILE_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'its file may not be read',
  EPERM: 'its file may not be read',
  EIO: 'its disk cannot read it',
  EISDIR: 'a folder lies in its place',
  ELOOP: 'a link lies in its place',
  ENXIO: 'no file lies in its place',
  ENOTDIR: 'no folder lies in the place of its folder',
};

/** A failure to read an object's file: `OBJECT_LOST` where it is the file's own, else `STORE_UNAVAILABLE`. */
export function objectFileError(key: string, thrown: unknown): unknown {
  const fault = FILE_FAULTS[errorCode(thrown) ?? ''];
  return fault === undefined ? toFileError(thrown) : objectLost(key, fault, thrown);
}
