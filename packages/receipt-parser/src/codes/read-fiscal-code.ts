import { addressCode, russianCode } from './address-codes.ts';
import { ENCODED_CODES } from './encoded-codes.ts';
import type { CodeReader, FiscalCode } from './fiscal-code.ts';
import { PARTED_CODES } from './parted-codes.ts';

const READERS: readonly CodeReader[] = [...PARTED_CODES, russianCode, ...ENCODED_CODES, addressCode];

/** What a code on the paper says of the receipt; null for one that says nothing of it: an article, a shop's page. */
export function readFiscalCode(payload: string): FiscalCode | null {
  for (const read of READERS) {
    const code = read(payload.trim());
    if (code !== null) return code;
  }
  return null;
}
