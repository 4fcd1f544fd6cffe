import { SlipstreamError } from '../errors/slipstream-error.ts';
import { OBJECT_METADATA_BYTES_MAX } from '../ports/limits.ts';
import type { ObjectMetadata } from '../ports/object-store.ts';

const NAME = /^[a-z0-9][a-z0-9-]*$/;
/** What every HTTP client sends as it is, with nothing at the ends that it would trim. */
const VALUE = /^[!-~]([ -~]*[!-~])?$/;

/** `REQUEST_INVALID` for what HTTP headers would not carry unchanged; `LIMIT_EXCEEDED` past `OBJECT_METADATA_BYTES_MAX`. */
export function assertObjectMetadata(metadata: ObjectMetadata): void {
  const entries = Object.entries(metadata);
  const wrong = entries.find(([name, value]) => !NAME.test(name) || !VALUE.test(value));
  if (wrong) {
    throw new SlipstreamError(
      'REQUEST_INVALID',
      `The object's metadata ${JSON.stringify(wrong[0].slice(0, 50))} is not valid: lower-case names, printable ASCII without spaces at its ends.`,
    );
  }
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (bytes <= OBJECT_METADATA_BYTES_MAX) return;
  throw new SlipstreamError('LIMIT_EXCEEDED', `An object's metadata has at most ${OBJECT_METADATA_BYTES_MAX} bytes.`, {
    details: { bytes, bytes_max: OBJECT_METADATA_BYTES_MAX },
  });
}
