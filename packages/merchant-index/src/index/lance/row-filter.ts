import type { ReceiptKey } from '../index-row.ts';
import { receiptKeyRange } from './row-key.ts';

/** Expressions joined by OR nest as deep as they are many, and the planner recurses. */
export const RECEIPTS_PER_QUERY = 50;
export const KEYS_PER_QUERY = 10_000;

/** Rows of these receipts, and of whichever share their hash. */
export function receiptsFilter(receipts: readonly ReceiptKey[]): string {
  return receipts
    .map((receipt) => receiptKeyRange(receipt))
    .map(({ from, to }) => `(key >= ${from} AND key < ${to})`)
    .join(' OR ');
}

/** Rows with these keys: numbers, which need no quoting. */
export function keysFilter(keys: readonly number[]): string {
  return `key IN (${keys.join(',')})`;
}

/** SQL knows one escape in a string: a quote is written twice. */
export function idsFilter(ids: readonly string[]): string {
  return `id IN (${ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(',')})`;
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
