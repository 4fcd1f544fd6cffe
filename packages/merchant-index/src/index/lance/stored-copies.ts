import type { Table } from '@lancedb/lancedb';
import type { ReceiptKey } from '../index-row.ts';
import { chunksOf } from './row-filter.ts';
import { receiptKeyRange } from './row-key.ts';

/** Expressions joined by OR nest as deep as they are many, and the planner recurses. */
const RANGES_PER_QUERY = 50;
const KEYS_PER_QUERY = 10_000;

/** One stored copy of a row, without what it says. */
export interface StoredCopy {
  readonly id: string;
  readonly key: number;
  readonly revision: number;
  readonly deleted: boolean;
  /** Random, one a merge: with the id it names this copy, wherever a later version puts it. */
  readonly write: number;
  /** Where it stands in this version, and only in this version. */
  readonly place: bigint;
}

/**
 * Finds copies in two steps: their places by the key index, then their narrow columns by place. In one step LanceDB
 * would read each wanted column of every fragment that the index does not cover yet, vectors too (0.5 MB each).
 */
export class StoredCopies {
  readonly #table: Table;
  #warm = false;

  constructor(table: Table) {
    this.#table = table;
  }

  async ofReceipts(receipts: readonly ReceiptKey[]): Promise<StoredCopy[]> {
    const ranges = receipts
      .map((receipt) => receiptKeyRange(receipt))
      .map(({ from, to }) => `(key >= ${from} AND key < ${to})`);
    const filters = chunksOf(ranges, RANGES_PER_QUERY).map((some) => some.join(' OR '));
    return this.#read(await this.#placesOf(filters, ranges[0]));
  }

  async ofKeys(keys: readonly number[]): Promise<StoredCopy[]> {
    const filters = chunksOf(keys, KEYS_PER_QUERY).map((some) => `key IN (${some.join(',')})`);
    return this.#read(await this.#placesOf(filters, `key = ${keys[0]}`));
  }

  /** Loads what each look-up begins with. Worth calling while something else waits for the network. */
  async warm(filter = 'key = 0'): Promise<void> {
    if (this.#warm) return;
    await this.#table.query().where(filter).select(['key']).toArrow();
    this.#warm = true;
  }

  /** The parts of an expression are looked up at once, and while nothing is cached each of them would read the index's footer. */
  async #placesOf(filters: readonly string[], first: string | undefined): Promise<bigint[]> {
    if (filters.length === 0) return [];
    await this.warm(first);
    const places: bigint[] = [];
    for (const filter of filters) {
      for await (const batch of this.#table.query().where(filter).select(['key']).withRowId()) {
        for (const place of batch.getChild('_rowid') ?? []) places.push(BigInt(place));
      }
    }
    return places;
  }

  /** By their write: so that every process calls the same one of equal copies the first. */
  async #read(places: readonly bigint[]): Promise<StoredCopy[]> {
    if (places.length === 0) return [];
    const columns = ['key', 'id', 'revision', 'deleted', 'write'];
    const rows = await this.#table
      .takeRowIds([...places])
      .select(columns)
      .withRowId()
      .toArray();
    const copies = rows.map((row) => ({
      id: String(row.id),
      key: Number(row.key),
      revision: Number(row.revision),
      deleted: Boolean(row.deleted),
      write: Number(row.write),
      place: BigInt(row._rowid),
    }));
    return copies.sort((one, other) => one.write - other.write);
  }
}
