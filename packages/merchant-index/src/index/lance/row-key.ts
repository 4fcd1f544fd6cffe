import type { ReceiptKey } from '../index-row.ts';

/** Rows that one receipt's key range has room for; a receipt has about 50, and none has a million. */
const PLACES = 2 ** 20;

/**
 * The number by which a row is found: 32 bits of its receipt's hash, then 20 bits of its place. Below 2^52, so that it
 * is exact as a JavaScript number.
 *
 * Why not the id itself: the key index keeps 4,096 entries a page and a look-up reads whole pages. Image ids are random,
 * so ten receipts touch ten pages, which as numbers are a fifth of what they are as text. And a filter made of numbers
 * needs no quoting. Receipts (or ids) that share a number are told apart by their id afterwards.
 */
export function rowKey(receipt: ReceiptKey, id: string): number {
  return receiptHash(receipt) * PLACES + placeOf(id);
}

/** The keys that all rows of a receipt lie in: `from` inclusive, `to` exclusive. */
export function receiptKeyRange(receipt: ReceiptKey): { readonly from: number; readonly to: number } {
  const from = receiptHash(receipt) * PLACES;
  return { from, to: from + PLACES };
}

/** `{image_id}#{receipt_id}#{00007}` → 7; an id of another form is hashed. */
function placeOf(id: string): number {
  const place = /#(\d{1,6})$/.exec(id)?.[1];
  return (place === undefined ? hash32(id) : Number(place)) % PLACES;
}

function receiptHash({ image_id, receipt_id }: ReceiptKey): number {
  return hash32(`${image_id}#${receipt_id}`);
}

/** FNV-1a over UTF-16 units, finished as MurmurHash3 does, so that near strings lie apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
