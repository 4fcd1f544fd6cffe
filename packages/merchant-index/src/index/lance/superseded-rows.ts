import type { Table } from '@lancedb/lancedb';
import { newestRows } from '../newest-rows.ts';
import { chunksOf, KEYS_PER_QUERY, keysFilter } from './row-filter.ts';

/** One stored copy of a row, without what it says. */
export interface StoredCopy {
  readonly key: number;
  readonly id: string;
  readonly revision: number;
  readonly deleted: boolean;
  /** Random, one a merge: with the id it names this copy, wherever a later version puts it. */
  readonly write: number;
}

export interface Census {
  readonly stored: number;
  readonly living: number;
  /** Copies that a copy of the same id with a higher revision (or, of equal ones, a lower write) makes void. */
  readonly superseded: readonly StoredCopy[];
  /** Tombstones that hold, by when they were merged. */
  readonly tombstones: number;
}

/**
 * Counts a version's rows and finds the copies that no longer hold. Reads two narrow columns of all rows (at a million
 * rows about 10 MB), and of the keys that stand there more than once the ids.
 */
export async function takeCensus(table: Table): Promise<Census> {
  const keys: Float64Array[] = [];
  let deletedRows = 0;
  for await (const batch of table.query().select(['key', 'deleted'])) {
    const key = batch.getChild('key');
    const deleted = batch.getChild('deleted');
    if (key === null || deleted === null) throw new Error('The index lacks its key column.');
    keys.push(Float64Array.from(key, Number));
    for (const flag of deleted) if (flag) deletedRows++;
  }
  const sorted = concatenated(keys).sort();
  const copies = await copiesOf(table, repeated(sorted));
  const newest = newestRows(copies);
  const superseded = copies.filter((copy) => newest.get(copy.id) !== copy);
  const supersededDeleted = superseded.filter((copy) => copy.deleted).length;
  const tombstones = deletedRows - supersededDeleted;
  const stored = sorted.length;
  return { stored, tombstones, superseded, living: stored - superseded.length - tombstones };
}

/** All stored copies of rows with these keys, by their write: so that every process calls the same one of equal copies the first. */
export async function copiesOf(table: Table, keys: readonly number[]): Promise<StoredCopy[]> {
  const found: StoredCopy[] = [];
  for (const some of chunksOf(keys, KEYS_PER_QUERY)) {
    found.push(...(await storedCopies(table, keysFilter(some))));
  }
  return found.sort((one, other) => one.write - other.write);
}

async function storedCopies(table: Table, filter: string): Promise<StoredCopy[]> {
  const columns = ['key', 'id', 'revision', 'deleted', 'write'];
  const rows = await table.query().where(filter).select(columns).toArray();
  return rows.map((row) => ({
    key: Number(row.key),
    id: String(row.id),
    revision: Number(row.revision),
    deleted: Boolean(row.deleted),
    write: Number(row.write),
  }));
}

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
