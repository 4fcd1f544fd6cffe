import type { ReceiptKey } from '../index-row.ts';

const KEYS = 2 ** 31;

/**
 * The number by which a receipt's rows are found: 31 bits of its name's hash.
 *
 * Why not the id itself: the key index keeps 4,096 rows a page and a look-up reads whole pages. Image ids are random, so
 * ten receipts touch ten pages, which as numbers are a quarter of what they are as text. A filter made of numbers needs
 * no quoting, and a list of them is one look-up (a range each would be one each, with the index's footer read each time).
 * Receipts that share a number are told apart by their rows' ids afterwards.
 */
export function receiptNumber({ image_id, receipt_id }: ReceiptKey): number {
  return hash32(`${image_id}#${receipt_id}`) % KEYS;
}

/** A row's place on its receipt: `{image_id}#{receipt_id}#{00007}` → 7; an id of another form is hashed. */
export function placeNumber(id: string): number {
  const place = /#(\d{1,9})$/.exec(id)?.[1];
  return (place === undefined ? hash32(id) : Number(place)) % KEYS;
}

/** FNV-1a over UTF-16 units, finished as MurmurHash3 does, so that near strings lie apart. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
