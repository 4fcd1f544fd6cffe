import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from '@slipstream/records';
import { SlipstreamError } from '@slipstream/shared';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_NAME = 'cursors';

/** Whose cursor it is, and of what: caller, route and every filter. */
export type CursorBinding = readonly (string | null)[];

/**
 * The API's cursors. A store's cursor is a position in an index that knows every caller's rows, so it goes out sealed:
 * it cannot be read, and it opens only for the caller, the route and the filter that it was made for.
 */
export class SealedCursors {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  async seal(cursor: string | null, binding: CursorBinding): Promise<string | null> {
    if (cursor === null) return null;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, await this.#secrets.key(KEY_NAME), nonce);
    cipher.setAAD(boundBytes(binding));
    const sealed = Buffer.concat([cipher.update(cursor, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** `CURSOR_INVALID` for everything that `seal` did not make with this binding. */
  async open(sealed: string | undefined, binding: CursorBinding): Promise<string | null> {
    if (sealed === undefined) return null;
    const bytes = Buffer.from(sealed, 'base64url');
    const key = await this.#secrets.key(KEY_NAME);
    try {
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(boundBytes(binding));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const opened = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SlipstreamError(
        'CURSOR_INVALID',
        'The cursor does not belong to this list; start again without one, with the same filters on every page.',
        { cause },
      );
    }
  }
}

function boundBytes(binding: CursorBinding): Buffer {
  return Buffer.from(JSON.stringify(binding), 'utf8');
}
