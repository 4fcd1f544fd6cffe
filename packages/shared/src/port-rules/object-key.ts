import { SlipstreamError } from '../errors/slipstream-error.ts';
import { OBJECT_KEY_BYTES_MAX } from '../ports/limits.ts';
import { utf8Bytes } from './text.ts';

/**
 * Refuses keys that are no plain UTF-8 path: S3 would take most of them, but they escape a folder, or are changed on
 * their way by HTTP clients that normalise paths. `REQUEST_INVALID`; `LIMIT_EXCEEDED` past `OBJECT_KEY_BYTES_MAX`.
 */
export function assertObjectKey(key: string): void {
  if (utf8Bytes(key) > OBJECT_KEY_BYTES_MAX) {
    throw new SlipstreamError('LIMIT_EXCEEDED', `An object key has at most ${OBJECT_KEY_BYTES_MAX} bytes of UTF-8.`, {
      details: { bytes: utf8Bytes(key), bytes_max: OBJECT_KEY_BYTES_MAX },
    });
  }
  const fault = faultOfKey(key);
  if (fault !== null) throw new SlipstreamError('REQUEST_INVALID', `The object key is not valid: ${fault}.`);
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Refuses a prefix that is not one image's or one run's: what is purged cannot be brought back. */
export function assertPurgePrefix(prefix: string): void {
  if (UUID.test(prefix) && prefix.isWellFormed() && !CONTROL_CHARACTERS.test(prefix)) return;
  throw new SlipstreamError('REQUEST_INVALID', 'Only what one image or run has is purged: the prefix names neither.');
}

function faultOfKey(key: string): string | null {
  if (key === '') return 'it is empty';
  if (!key.isWellFormed()) return 'it is no well-formed Unicode';
  if (CONTROL_CHARACTERS.test(key)) return 'it holds a control character';
  const segments = key.split('/');
  if (segments[0] === '') return 'it starts with a slash';
  if (segments.includes('')) return 'one of its segments is empty';
  if (segments.includes('.') || segments.includes('..')) return 'one of its segments is . or ..';
  return null;
}

const CONTROL_CHARACTERS = /\p{Cc}/u;
