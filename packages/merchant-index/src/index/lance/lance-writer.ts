import { randomInt } from 'node:crypto';
import type { Table } from '@lancedb/lancedb';
import type { IndexRow, ReceiptKey } from '../index-row.ts';
import { newestRows } from '../newest-rows.ts';
import type { EmbeddingIdentity, IndexWriter, MergeResult, OptimiseOptions } from '../vector-index.ts';
import { takeCensus } from './census.ts';
import { onTable } from './lance-errors.ts';
import { batchToRows, ROW_COLUMNS, rowsToTable } from './row-columns.ts';
import { COPIES_PER_DELETION, chunksOf, copiesFilter } from './row-filter.ts';
import { receiptNumber } from './row-key.ts';
import { copiesOf, placesOf } from './stored-copies.ts';
import { bringIndexesUpToDate, isOptimisingDue } from './table-indexes.ts';

/**
 * A collection's newest state.
 *
 * **A merge appends.** Copies that it makes void stay until `removeDuplicates`, and readers leave them out. An append is
 * one atomic commit, cannot undo what another writer stored, and costs what it appends.
 * LanceDB's own mergeInsert, with the key index, reads every column of the rows that it replaces and of all fragments
 * that the index does not cover yet: 500 rows into a million through a line like S3's read 4.2 to 6.8 MB in 180 requests
 * and took 1.4 s (0.31.0); looked up and appended they read 0.3 to 1.2 MB in 32 to 88 requests and take 1.1 s.
 * Deleting the old rows by id and adding the new ones is two commits, between which a crash loses rows.
 */
export class LanceWriter implements IndexWriter {
  readonly #table: Table;
  readonly #uri: string;
  readonly #identity: EmbeddingIdentity;
  /** What `rowsOf` found, so that the merge that follows it need not look again. */
  #known: { version: number; receipts: ReadonlySet<string>; revisions: ReadonlyMap<string, number> } | undefined;

  constructor(table: Table, options: { uri: string; identity: EmbeddingIdentity }) {
    this.#table = table;
    this.#uri = options.uri;
    this.#identity = options.identity;
  }

  async rowsOf(receipts: readonly ReceiptKey[]): Promise<readonly IndexRow[]> {
    return onTable(this.#uri, 'read rows of receipts', async () => {
      await this.#table.checkoutLatest();
      const version = await this.#table.version();
      const names = new Set(receipts.map(nameOf));
      const found: (IndexRow & { readonly write: number })[] = [];
      const places = await placesOf(this.#table, receipts.map(receiptNumber));
      if (places.length > 0) {
        for await (const batch of this.#table.takeRowIds(places).select([...ROW_COLUMNS, 'write'])) {
          const write = batch.getChild('write');
          const rows = batchToRows(batch, this.#identity.dimensions);
          found.push(...rows.map((row, at) => ({ ...row, write: Number(write?.get(at)) })));
        }
      }
      const ours = found.filter((row) => names.has(nameOf(row))).sort((one, other) => one.write - other.write);
      const newest = [...newestRows(ours).values()];
      this.#known = { version, receipts: names, revisions: new Map(newest.map((row) => [row.id, row.revision])) };
      return newest.map(({ write: _write, ...row }) => row);
    });
  }

  async merge(rows: readonly IndexRow[]): Promise<MergeResult> {
    return onTable(this.#uri, 'merge rows', async () => {
      await this.#table.checkoutLatest();
      const stored = await this.#revisionsOf(rows, await this.#table.version());
      const newer = [...newestRows(rows).values()].filter((row) => row.revision > (stored.get(row.id) ?? 0));
      const updated = newer.filter((row) => stored.has(row.id)).length;
      if (newer.length === 0) return { version: await this.#table.version(), inserted: 0, updated: 0 };
      const { version } = await this.#table.add(rowsToTable(newer, this.#identity, newWrite()));
      return { version, inserted: newer.length - updated, updated };
    });
  }

  async #revisionsOf(rows: readonly IndexRow[], version: number): Promise<ReadonlyMap<string, number>> {
    const known = this.#known;
    if (known?.version === version && rows.every((row) => known.receipts.has(nameOf(row)))) return known.revisions;
    const copies = newestRows(await copiesOf(this.#table, rows.map(receiptNumber)));
    return new Map([...copies].map(([id, copy]) => [id, copy.revision]));
  }

  async removeDuplicates(): Promise<{ readonly removed: number; readonly version: number }> {
    return onTable(this.#uri, 'remove duplicates', async () => {
      await this.#table.checkoutLatest();
      const { superseded } = await takeCensus(this.#table);
      let removed = 0;
      for (const [write, ofWrite] of Map.groupBy(superseded, (copy) => copy.write)) {
        for (const some of chunksOf(ofWrite, COPIES_PER_DELETION)) {
          removed += (await this.#table.delete(copiesFilter(write, some))).numDeletedRows;
        }
      }
      return { removed, version: await this.#table.version() };
    });
  }

  async purgeTombstones(before: number): Promise<{ readonly removed: number; readonly version: number }> {
    // Older copies go first: without its tombstone one of them would hold again.
    await this.removeDuplicates();
    return onTable(this.#uri, 'purge tombstones', async () => {
      const { numDeletedRows } = await this.#table.delete(`deleted = true AND merged_at < ${Math.floor(before)}`);
      return { removed: numDeletedRows, version: await this.#table.version() };
    });
  }

  async optimise({ pruneBefore, mustErase = false }: OptimiseOptions): Promise<{ readonly version: number }> {
    await this.removeDuplicates();
    return onTable(this.#uri, 'optimise the index', async () => {
      if (mustErase || (await isOptimisingDue(this.#table, pruneBefore))) {
        await this.#table.optimize({ cleanupOlderThan: new Date(pruneBefore) });
        await bringIndexesUpToDate(this.#table);
      }
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

function nameOf({ image_id, receipt_id }: ReceiptKey): string {
  return `${image_id}#${receipt_id}`;
}

/** Unlike any other merge's, with 48 random bits. */
function newWrite(): number {
  return randomInt(1, 2 ** 48 - 1);
}
