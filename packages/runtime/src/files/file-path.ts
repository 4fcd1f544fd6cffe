import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';

/**
 * On Linux a file's name is bytes, whatever they mean. As text, those that are no UTF-8 become lone surrogates, U+DC80
 * for 0x80 up to U+DCFF (PEP 383), so that every name can be kept, compared and opened again. `fs` would put `�` for
 * them, under which nothing is found.
 */
export function pathOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let path = '';
  for (let at = 0; at < buffer.length; ) {
    const length = LENGTHS.find((one) => at + one <= buffer.length && isUtf8(buffer.subarray(at, at + one)));
    path += length ? buffer.toString('utf8', at, at + length) : String.fromCharCode(ESCAPED_BYTE + (buffer[at] ?? 0));
    at += length ?? 1;
  }
  return path;
}

/** What `node:fs` takes for such a path. */
export function systemPath(path: string): string | Buffer {
  if (path.isWellFormed()) return path;
  return Buffer.concat(
    [...path].map((character) => {
      const code = character.charCodeAt(0);
      const isByte = character.length === 1 && code >= FIRST_ESCAPED && code <= LAST_ESCAPED;
      return isByte ? Buffer.of(code - ESCAPED_BYTE) : Buffer.from(character);
    }),
  );
}

/** The name of a file as it is stored and shown: `�` for what is no text. */
export const fileNameOf = (path: string): string => basename(path).toWellFormed();

/** A character of UTF-8 has 1 to 4 bytes. */
const LENGTHS = [1, 2, 3, 4];
const ESCAPED_BYTE = 0xdc00;
const FIRST_ESCAPED = 0xdc80;
const LAST_ESCAPED = 0xdcff;
