import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** 256 bits as hex: short enough for any keychain, where tokens are not (`security -i` takes lines of 4 KB). */
export function newSealKey(): string {
  return randomBytes(32).toString('hex');
}

/** Nonce, tag and cipher text, base64. */
export function seal(text: string, keyHex: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, Buffer.from(keyHex, 'hex'), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** null where the key is not the one it was sealed with, or the text was changed. */
export function unseal(sealed: string, keyHex: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  if (bytes.length < tagEnd) return null;
  try {
    const decipher = createDecipheriv(ALGORITHM, Buffer.from(keyHex, 'hex'), bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
    return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
  } catch {
    return null; // a wrong key cannot be told from a changed text, and neither can be mended
  }
}
