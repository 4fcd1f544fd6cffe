import type { Table } from '@lancedb/lancedb';
import { newestRows } from '../newest-rows.ts';
import { copiesOf, type StoredCopy } from './stored-copies.ts';

export interface Census {
  readonly living: number;
  /** Copies that another one of the same id makes void: by a higher revision or, of equal ones, a lower write. */
  readonly superseded: readonly StoredCopy[];
}

/**
 * Counts a version's rows and finds the copies that no longer hold. Reads three narrow columns of all rows (at a
 * million rows about 7 MB), and the ids of the receipts that have a place more than once.
 */
export async function takeCensus(table: Table): Promise<Census> {
  const parts: Float64Array[] = [];
  let tombstones = 0;
  for await (const batch of table.query().select(['key', 'place', 'deleted'])) {
    const places = Float64Array.from(batch.getChild('place') ?? [], Number);
    const keys = Float64Array.from(batch.getChild('key') ?? [], Number);
    parts.push(keys.map((key, at) => key * PLACES + ((places[at] ?? 0) % PLACES)));
    for (const deleted of batch.getChild('deleted') ?? []) if (deleted) tombstones++;
  }
  const rows = concatenated(parts).sort();
  const copies = await copiesOf(
    table,
    repeated(rows).map((row) => Math.floor(row / PLACES)),
  );
  const newest = newestRows(copies);
  const superseded = copies.filter((copy) => newest.get(copy.id) !== copy);
  const voidTombstones = superseded.filter((copy) => copy.deleted).length;
  return { superseded, living: rows.length - superseded.length - (tombstones - voidTombstones) };
}

/** Rows are told apart by 31 bits of their receipt and 22 of their place: exact as a number. Who share them are told apart by id. */
const PLACES = 2 ** 22;

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Numbers that stand more than once in a sorted list. */
function repeated(sorted: Float64Array): number[] {
  const found: number[] = [];
  for (let at = 1; at < sorted.length; at++) {
    const key = sorted[at];
    if (key !== undefined && key === sorted[at - 1] && found.at(-1) !== key) found.push(key);
  }
  return found;
}
