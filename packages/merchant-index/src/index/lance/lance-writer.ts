import { randomInt } from 'node:crypto';
import type { Table } from '@lancedb/lancedb';
import type { IndexRow, ReceiptKey } from '../index-row.ts';
import { newestRows } from '../newest-rows.ts';
import type { EmbeddingIdentity, IndexWriter, MergeResult } from '../vector-index.ts';
import { onTable } from './lance-errors.ts';
import { lanceModule } from './lance-module.ts';
import { batchToRows, ROW_COLUMNS, rowsToTable } from './row-columns.ts';
import { chunksOf, idsFilter, KEYS_PER_QUERY, keysFilter, RECEIPTS_PER_QUERY, receiptsFilter } from './row-filter.ts';
import { rowKey } from './row-key.ts';
import { copiesOf, type StoredCopy, takeCensus } from './superseded-rows.ts';

export const KEY_INDEX = 'key_idx';

/**
 * A collection's newest state.
 *
 * A merge appends, and readers reduce to the highest revision: the copies that a merge makes void stay until
 * `removeDuplicates`. An append is atomic, cannot lose what a concurrent writer stored, and costs what it appends.
 */
export class LanceWriter implements IndexWriter {
  readonly #table: Table;
  readonly #uri: string;
  readonly #identity: EmbeddingIdentity;

  constructor(table: Table, options: { uri: string; identity: EmbeddingIdentity }) {
    this.#table = table;
    this.#uri = options.uri;
    this.#identity = options.identity;
  }

  async rowsOf(receipts: readonly ReceiptKey[]): Promise<readonly IndexRow[]> {
    return onTable(this.#uri, 'read rows of receipts', async () => {
      await this.#table.checkoutLatest();
      const wanted = new Set(receipts.map(({ image_id, receipt_id }) => `${image_id}#${receipt_id}`));
      const found: (IndexRow & { write: number })[] = [];
      for (const some of chunksOf(receipts, RECEIPTS_PER_QUERY)) {
        const query = this.#table
          .query()
          .where(receiptsFilter(some))
          .select([...ROW_COLUMNS, 'write']);
        for await (const batch of query) {
          const write = batch.getChild('write');
          const rows = batchToRows(batch, this.#identity.dimensions);
          found.push(...rows.map((row, at) => ({ ...row, write: Number(write?.get(at)) })));
        }
      }
      const ours = found.filter((row) => wanted.has(`${row.image_id}#${row.receipt_id}`));
      ours.sort((one, other) => one.write - other.write);
      return [...newestRows(ours).values()].map(({ write: _write, ...row }) => row);
    });
  }

  async merge(rows: readonly IndexRow[]): Promise<MergeResult> {
    return onTable(this.#uri, 'merge rows', async () => {
      await this.#table.checkoutLatest();
      if (rows.length === 0) return { version: await this.#table.version(), inserted: 0, updated: 0 };
      const stored = newestRows(await copiesOf(this.#table, [...new Set(rows.map((row) => rowKey(row, row.id)))]));
      const newer = [...newestRows(rows).values()].filter((row) => row.revision > (stored.get(row.id)?.revision ?? 0));
      const updated = newer.filter((row) => stored.has(row.id)).length;
      if (newer.length === 0) return { version: await this.#table.version(), inserted: 0, updated: 0 };
      const { version } = await this.#table.add(rowsToTable(newer, this.#identity, newWrite()));
      return { version, inserted: newer.length - updated, updated };
    });
  }

  async removeDuplicates(): Promise<{ readonly removed: number; readonly version: number }> {
    return onTable(this.#uri, 'remove duplicates', async () => {
      await this.#table.checkoutLatest();
      const { superseded } = await takeCensus(this.#table);
      return this.#remove(superseded);
    });
  }

  /**
   * By what names a copy exactly, never by its place: LanceDB tries a deletion again on a newer version when another
   * writer came between, and places change there.
   */
  async #remove(copies: readonly StoredCopy[]): Promise<{ removed: number; version: number }> {
    let removed = 0;
    for (const [write, ofWrite] of Map.groupBy(copies, (copy) => copy.write)) {
      for (const some of chunksOf(ofWrite, KEYS_PER_QUERY)) {
        const keys = keysFilter([...new Set(some.map((copy) => copy.key))]);
        const ids = idsFilter(some.map((copy) => copy.id));
        const { numDeletedRows } = await this.#table.delete(`write = ${write} AND ${keys} AND ${ids}`);
        removed += numDeletedRows;
      }
    }
    return { removed, version: await this.#table.version() };
  }

  async purgeTombstones(before: number): Promise<{ readonly removed: number; readonly version: number }> {
    // Older copies go first: without its tombstone one of them would hold again.
    await this.removeDuplicates();
    return onTable(this.#uri, 'purge tombstones', async () => {
      const { numDeletedRows } = await this.#table.delete(`deleted = true AND merged_at < ${Math.floor(before)}`);
      return { removed: numDeletedRows, version: await this.#table.version() };
    });
  }

  async optimise(options: { readonly pruneBefore: number }): Promise<{ readonly version: number }> {
    await this.removeDuplicates();
    return onTable(this.#uri, 'optimise the index', async () => {
      const { lance } = lanceModule();
      const indices = await this.#table.listIndices();
      if (!indices.some(({ name }) => name === KEY_INDEX) && (await this.#table.countRows()) > 0) {
        await this.#table.createIndex('key', { config: lance.Index.btree(), name: KEY_INDEX });
      }
      await this.#table.optimize({ cleanupOlderThan: new Date(options.pruneBefore) });
      return { version: await this.#table.version() };
    });
  }

  async version(): Promise<number> {
    return onTable(this.#uri, 'read the version', async () => {
      await this.#table.checkoutLatest();
      return this.#table.version();
    });
  }

  async count(): Promise<number> {
    return onTable(this.#uri, 'count the rows', async () => {
      await this.#table.checkoutLatest();
      return (await takeCensus(this.#table)).living;
    });
  }

  async close(): Promise<void> {
    this.#table.close();
  }
}

/** Unlike any other merge's, with 48 random bits. */
function newWrite(): number {
  return randomInt(1, 2 ** 48 - 1);
}
