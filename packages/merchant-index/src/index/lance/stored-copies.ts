import type { Table } from '@lancedb/lancedb';
import { receiptsFilter } from './row-filter.ts';

const COLUMNS = ['key', 'id', 'revision', 'deleted', 'write'];

/** One stored copy of a row, without what it says. */
export interface StoredCopy {
  readonly id: string;
  readonly key: number;
  readonly revision: number;
  readonly deleted: boolean;
  /** Random, one a merge: with the id it names this copy, wherever a later version puts it. */
  readonly write: number;
}

/**
 * Where the rows of these receipts stand (in this version only), and those of receipts that share a number.
 * Places first, and columns by place afterwards: in one query LanceDB reads each wanted column of every fragment that
 * the index does not cover yet, vectors too (0.5 MB each).
 */
export async function placesOf(table: Table, keys: Iterable<number>): Promise<bigint[]> {
  const places: bigint[] = [];
  for (const filter of receiptsFilter(keys)) {
    for await (const batch of table.query().where(filter).select(['_rowid'])) {
      for (const place of batch.getChild('_rowid') ?? []) places.push(BigInt(place));
    }
  }
  return places;
}

/**
 * The copies stored of these receipts' rows (and of receipts that share a number), by their write: so that every process
 * calls the same one of equal copies the first.
 */
export async function copiesOf(table: Table, keys: Iterable<number>): Promise<StoredCopy[]> {
  const places = await placesOf(table, keys);
  if (places.length === 0) return [];
  const rows = await table.takeRowIds(places).select(COLUMNS).toArray();
  const copies = rows.map((row) => ({
    id: String(row.id),
    key: Number(row.key),
    revision: Number(row.revision),
    deleted: Boolean(row.deleted),
    write: Number(row.write),
  }));
  return copies.sort((one, other) => one.write - other.write);
}
