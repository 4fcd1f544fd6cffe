import type { Receipt } from '@slipstream/shared';
import { normaliseAddress, normalisePhone, normaliseWebsite } from './contact-keys.ts';
import type { MerchantKey } from './merchant-key.ts';
import { normaliseTaxNumber } from './tax-number.ts';

/** A field less sure than this is compared, but never becomes a key: nine in ten of them would be nobody's. */
const KEY_CONFIDENCE_MIN = 0.4;
/** Rows that say whom a receipt is from, where its head has more or the parser found none. */
const HEAD_ROWS_MAX = 16;
const HEAD_ROWS_MIN = 6;
/** A row of print, cut: no shop's name is longer. */
const ROW_LENGTH_MAX = 120;

/** What one receipt says about whom it is from. */
export interface Sighting {
  readonly image_id: string;
  readonly receipt_id: string;
  /** As printed, of the parser's choosing; null where it found none. */
  readonly name: string | null;
  /** As printed, null where none was found. */
  readonly address: string | null;
  /** The rows of its head as printed. */
  readonly head: readonly string[];
  /** All of its visual rows. */
  readonly rows: readonly string[];
  /** The strongest first, at most one of a kind. */
  readonly keys: readonly MerchantKey[];
}

export function sightingOf(
  receipt: Pick<Receipt, 'image_id' | 'receipt_id' | 'merchant'>,
  rows: readonly string[],
  head_rows: number,
): Sighting {
  const head_length = Math.min(HEAD_ROWS_MAX, Math.max(HEAD_ROWS_MIN, head_rows));
  return {
    image_id: receipt.image_id,
    receipt_id: receipt.receipt_id,
    name: receipt.merchant.name?.value ?? null,
    address: receipt.merchant.address?.value ?? null,
    head: rows.slice(0, head_length).map((row) => row.slice(0, ROW_LENGTH_MAX)),
    rows,
    keys: keysOf(receipt.merchant),
  };
}

/** What may become a key of the merchant, checked for what OCR and printers do to numbers. */
export function keysOf({ tax_id, phone, website, address }: Receipt['merchant']): readonly MerchantKey[] {
  const sure = (field: Receipt['merchant']['phone']): string | null =>
    field !== null && field.confidence >= KEY_CONFIDENCE_MIN ? field.value : null;
  const key = (kind: MerchantKey['kind'], value: string | null): MerchantKey[] =>
    value === null ? [] : [{ kind, value }];
  const of = (text: string | null, normalise: (value: string) => string | null): string | null =>
    text === null ? null : normalise(text);
  return [
    ...key('tax_id', of(sure(tax_id), normaliseTaxNumber)),
    ...key('phone', of(sure(phone), normalisePhone)),
    ...key('website', of(sure(website), normaliseWebsite)),
    ...key('address', of(sure(address), normaliseAddress)),
  ];
}
